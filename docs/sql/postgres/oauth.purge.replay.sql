-- oauth.purge.replay
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "replay" WHERE ("tenantId", "key") IN (
SELECT x."tenantId", x."key" FROM "replay" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
