-- oauth.purge.refresh_token
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "refresh_token" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "refresh_token" x WHERE x."absoluteExpiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
