-- oauth.access-token.revoke-jwt
-- @p0 tenantId: id
-- @p1 jti: identifier
-- @p2 expiresAt: instant
INSERT INTO revoked_token ("tenantId", jti, "expiresAt") SELECT @p0, @p1, @p2
WHERE NOT EXISTS (
  SELECT 1 FROM revoked_token WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = @p0 AND jti = @p1)
