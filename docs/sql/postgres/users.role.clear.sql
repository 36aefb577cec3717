-- users.role.clear
-- $1 tenantId: id
-- $2 id: id
DELETE FROM "role_permission" WHERE "tenantId" = $1::uuid AND "roleId" = $2::uuid
