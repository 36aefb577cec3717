-- users.role.find
-- @p0 tenantId: id
-- @p1 name: identifier
SELECT "id" FROM "role" WHERE "tenantId" = @p0 AND "name" = @p1
