-- oauth.access-token.find-revoked
-- @p0 tenantId: id
-- @p1 jti: identifier
SELECT jti FROM revoked_token WHERE "tenantId" = @p0 AND jti = @p1
