-- oauth.access-token.revoke-jwt
-- $1 tenantId: id
-- $2 jti: identifier
-- $3 expiresAt: instant
INSERT INTO revoked_token ("tenantId", jti, "expiresAt") VALUES ($1::uuid, $2::text, $3::timestamptz)
ON CONFLICT DO NOTHING
