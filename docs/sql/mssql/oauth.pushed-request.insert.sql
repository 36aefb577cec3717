-- oauth.pushed-request.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 hash: hash
-- @p3 clientId: id
-- @p4 parameters: json
-- @p5 createdAt: instant
-- @p6 expiresAt: instant
INSERT INTO "pushed_request"
  ("tenantId", "id", "hash", "clientId", "parameters", "createdAt", "expiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)
