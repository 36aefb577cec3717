-- clients.scope.of-tenant
-- $1 tenantId: id
SELECT "resourceId", name, "displayName", description, sensitive FROM scope WHERE "tenantId" = $1::uuid ORDER BY name
