-- oauth.purge.device_authorization
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "device_authorization" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "device_authorization" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
