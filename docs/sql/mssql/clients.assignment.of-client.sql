-- clients.assignment.of-client
-- @p0 tenantId: id
-- @p1 clientId: id
SELECT assigned."resourceId", assigned."userScopes", assigned."clientScopes", resource.identifier, resource.name,
resource."tokenFormat", resource.algorithm, resource."accessTokenSeconds", resource."includePermissions",
resource."includeRoles", resource."builtIn", resource."authorizationDetailsTypes", resource."requiredAcr", resource."maxAgeSeconds"
FROM client_resource assigned
JOIN resource ON resource."tenantId" = assigned."tenantId" AND resource.id = assigned."resourceId"
WHERE assigned."tenantId" = @p0 AND assigned."clientId" = @p1 ORDER BY resource.identifier
