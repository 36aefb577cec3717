-- users.role.delete
-- $1 tenantId: id
-- $2 id: id
DELETE FROM "role" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid
