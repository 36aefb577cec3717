-- oauth.access-token.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 hash: hash
-- @p3 clientId: id
-- @p4 scope: text
-- @p5 audience: json
-- @p6 claims: json
-- @p7 createdAt: instant
-- @p8 expiresAt: instant
INSERT INTO access_token ("tenantId", id, hash, "clientId", scope, audience, claims, "createdAt", "expiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
