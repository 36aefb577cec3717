-- users.client_role.delete
-- $1 tenantId: id
-- $2 holderId: id
-- $3 roleId: id
DELETE FROM "client_role" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid AND "roleId" = $3::uuid
