-- oauth.purge.backchannel_request
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "backchannel_request" WHERE ("tenantId", "id") IN (
SELECT x."tenantId", x."id" FROM "backchannel_request" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
