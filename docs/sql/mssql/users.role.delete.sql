-- users.role.delete
-- @p0 tenantId: id
-- @p1 id: id
DELETE FROM "role" WHERE "tenantId" = @p0 AND "id" = @p1
