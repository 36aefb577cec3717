-- oauth.purge.revoked_token
-- $1 before: instant
-- $2 batch: integer
DELETE FROM "revoked_token" WHERE ("tenantId", "jti") IN (
SELECT x."tenantId", x."jti" FROM "revoked_token" x WHERE x."expiresAt" < $1::timestamptz LIMIT $2::integer FOR UPDATE SKIP LOCKED)
