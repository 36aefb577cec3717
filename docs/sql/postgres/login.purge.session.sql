-- login.purge.session
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "session" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "session" x WHERE x."absoluteExpiresAt" < $1::timestamptz AND x."endedAt" IS NOT NULL LIMIT $2::integer FOR UPDATE SKIP LOCKED)
