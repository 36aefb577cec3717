-- oauth.access-token.find-revoked
-- $1 tenantId: id
-- $2 jti: identifier
SELECT jti FROM revoked_token WHERE "tenantId" = $1::uuid AND jti = $2::text
