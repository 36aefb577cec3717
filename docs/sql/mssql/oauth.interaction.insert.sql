-- oauth.interaction.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 clientId: id
-- @p3 browserHash: hash
-- @p4 deviceAuthorizationId: id
-- @p5 parameters: json
-- @p6 pushedRequestId: id
-- @p7 createdAt: instant
-- @p8 expiresAt: instant
INSERT INTO "interaction"
  ("tenantId", "id", "clientId", "browserHash", "deviceAuthorizationId", "parameters", "pushedRequestId",
    "createdAt", "expiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6,
  @p7, @p8)
