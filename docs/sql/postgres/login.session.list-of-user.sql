-- login.session.list-of-user
-- $1 tenantId: id
-- $2 userId: id
-- $3 now: instant
SELECT s."id", s."authTime", s."acr", s."amr", s."ip", s."userAgent", s."createdAt", s."lastSeenAt",
  s."absoluteExpiresAt"
FROM "session" s WHERE s."tenantId" = $1::uuid AND s."userId" = $2::uuid AND s."endedAt" IS NULL AND s."idleExpiresAt" > $3::timestamptz AND s."absoluteExpiresAt" > $3::timestamptz
ORDER BY s."lastSeenAt" DESC
