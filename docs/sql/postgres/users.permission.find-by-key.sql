-- users.permission.find-by-key
-- $1 tenantId: id
-- $2 resourceId: id
-- $3 key: identifier
SELECT "id", "resourceId", "key", "description", "builtIn", "createdAt" FROM "permission"
WHERE "tenantId" = $1::uuid AND "resourceId" = $2::uuid AND "key" = $3::text
