-- clients.scope.of-resource
-- @p0 tenantId: id
-- @p1 resourceId: id
SELECT "resourceId", name, "displayName", description, sensitive FROM scope WHERE "tenantId" = @p0 AND "resourceId" = @p1 ORDER BY name
