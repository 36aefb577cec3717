-- users.role.of-tenant
-- $1 tenantId: id
SELECT "id", "name", "displayName", "description", "builtIn" FROM "role"
WHERE "tenantId" = $1::uuid ORDER BY "name"
