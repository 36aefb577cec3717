-- oauth.interaction.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 clientId: id
-- @p3 browserHash: hash
-- @p4 parameters: json
-- @p5 createdAt: instant
-- @p6 expiresAt: instant
INSERT INTO "interaction"
  ("tenantId", "id", "clientId", "browserHash", "parameters", "createdAt", "expiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)
