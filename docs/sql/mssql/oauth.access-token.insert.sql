-- oauth.access-token.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 hash: hash
-- @p3 authorizationId: id
-- @p4 clientId: id
-- @p5 userId: id
-- @p6 scope: text
-- @p7 audience: json
-- @p8 claims: json
-- @p9 createdAt: instant
-- @p10 expiresAt: instant
INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims,
  "createdAt", "expiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8,
  @p9, @p10)
