-- oauth.purge.pushed_request
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "pushed_request" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "pushed_request" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
