-- users.user_role.delete
-- $1 tenantId: id
-- $2 holderId: id
-- $3 roleId: id
DELETE FROM "user_role" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid AND "roleId" = $3::uuid
