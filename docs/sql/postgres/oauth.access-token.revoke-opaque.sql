-- oauth.access-token.revoke-opaque
-- $1 now: instant
-- $2 tenantId: id
-- $3 hash: hash
UPDATE access_token SET "revokedAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND hash = $3::text AND "revokedAt" IS NULL
