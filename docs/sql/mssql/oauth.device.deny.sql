-- oauth.device.deny
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "device_authorization" SET "decidedAt" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "decidedAt" IS NULL AND "expiresAt" > @p0
