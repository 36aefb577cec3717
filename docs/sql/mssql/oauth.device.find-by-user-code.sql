-- oauth.device.find-by-user-code
-- @p0 tenantId: id
-- @p1 now: instant
-- @p2 userCodeHash: hash
SELECT "id", "clientId", "parameters", "ip", "createdAt", "expiresAt" FROM "device_authorization" WHERE "tenantId" = @p0 AND "decidedAt" IS NULL AND "expiresAt" > @p1 AND "userCodeHash" = @p2
