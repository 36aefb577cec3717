-- users.role.find
-- $1 tenantId: id
-- $2 name: identifier
SELECT "id" FROM "role" WHERE "tenantId" = $1::uuid AND "name" = $2::text
