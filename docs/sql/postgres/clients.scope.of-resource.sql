-- clients.scope.of-resource
-- $1 tenantId: id
-- $2 resourceId: id
SELECT "resourceId", name, "displayName", description, sensitive FROM scope WHERE "tenantId" = $1::uuid AND "resourceId" = $2::uuid ORDER BY name
