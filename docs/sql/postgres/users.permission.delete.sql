-- users.permission.delete
-- $1 tenantId: id
-- $2 id: id
DELETE FROM "permission" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid
