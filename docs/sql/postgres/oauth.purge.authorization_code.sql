-- oauth.purge.authorization_code
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "authorization_code" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "authorization_code" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
