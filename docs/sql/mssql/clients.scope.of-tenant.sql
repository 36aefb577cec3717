-- clients.scope.of-tenant
-- @p0 tenantId: id
SELECT "resourceId", name, "displayName", description, sensitive FROM scope WHERE "tenantId" = @p0 ORDER BY name
