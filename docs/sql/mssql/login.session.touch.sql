-- login.session.touch
-- @p0 now: instant
-- @p1 idleExpiresAt: instant
-- @p2 tenantId: id
-- @p3 id: id
UPDATE "session" SET "lastSeenAt" = @p0, "idleExpiresAt" = @p1
WHERE "tenantId" = @p2 AND "id" = @p3 AND "endedAt" IS NULL AND "lastSeenAt" < @p0
