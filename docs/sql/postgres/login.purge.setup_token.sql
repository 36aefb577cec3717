-- login.purge.setup_token
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "setup_token" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "setup_token" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
