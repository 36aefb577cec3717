-- oauth.purge.interaction
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "interaction" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "interaction" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
