-- users.user_role.delete
-- @p0 tenantId: id
-- @p1 holderId: id
-- @p2 roleId: id
DELETE FROM "user_role" WHERE "tenantId" = @p0 AND "userId" = @p1 AND "roleId" = @p2
