-- users.permission.of-tenant
-- $1 tenantId: id
SELECT "id", "resourceId", "key", "description" FROM "permission"
WHERE "tenantId" = $1::uuid ORDER BY "resourceId", "key"
