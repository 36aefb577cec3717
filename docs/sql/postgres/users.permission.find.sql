-- users.permission.find
-- $1 tenantId: id
-- $2 resourceId: id
SELECT "id", "key", "description" FROM "permission"
WHERE "tenantId" = $1::uuid AND "resourceId" = $2::uuid
