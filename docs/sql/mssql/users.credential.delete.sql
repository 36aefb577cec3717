-- users.credential.delete
-- @p0 tenantId: id
-- @p1 userId: id
-- @p2 id: id
DELETE FROM "credential" WHERE "tenantId" = @p0 AND "userId" = @p1 AND "id" = @p2
