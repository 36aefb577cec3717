-- users.permission.delete
-- @p0 tenantId: id
-- @p1 id: id
DELETE FROM "permission" WHERE "tenantId" = @p0 AND "id" = @p1
