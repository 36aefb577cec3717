-- users.client_role.delete
-- @p0 tenantId: id
-- @p1 holderId: id
-- @p2 roleId: id
DELETE FROM "client_role" WHERE "tenantId" = @p0 AND "clientId" = @p1 AND "roleId" = @p2
