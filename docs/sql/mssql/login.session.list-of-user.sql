-- login.session.list-of-user
-- @p0 tenantId: id
-- @p1 userId: id
-- @p2 now: instant
SELECT s."id", s."authTime", s."acr", s."amr", s."ip", s."userAgent", s."createdAt", s."lastSeenAt",
  s."absoluteExpiresAt"
FROM "session" s WHERE s."tenantId" = @p0 AND s."userId" = @p1 AND s."endedAt" IS NULL AND s."idleExpiresAt" > @p2 AND s."absoluteExpiresAt" > @p2
ORDER BY s."lastSeenAt" DESC
