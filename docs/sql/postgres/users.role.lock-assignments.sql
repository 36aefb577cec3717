-- users.role.lock-assignments
-- $1 tenantId: id
-- $2 roleId: id
SELECT "id" FROM "role" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid FOR NO KEY UPDATE
