-- users.role.clear
-- @p0 tenantId: id
-- @p1 id: id
DELETE FROM "role_permission" WHERE "tenantId" = @p0 AND "roleId" = @p1
