-- login.session.is-live
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 now: instant
SELECT s."id" FROM "session" s
JOIN "user" u ON u."tenantId" = s."tenantId" AND u."id" = s."userId" AND u."status" = 'active' WHERE s."tenantId" = @p0 AND s."id" = @p1 AND s."endedAt" IS NULL AND s."idleExpiresAt" > @p2 AND s."absoluteExpiresAt" > @p2
