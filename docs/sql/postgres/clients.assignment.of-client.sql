-- clients.assignment.of-client
-- $1 tenantId: id
-- $2 clientId: id
SELECT assigned."resourceId", assigned."userScopes", assigned."clientScopes", resource.identifier, resource.name,
resource."tokenFormat", resource.algorithm, resource."accessTokenSeconds", resource."includePermissions",
resource."includeRoles", resource."builtIn", resource."authorizationDetailsTypes", resource."requiredAcr", resource."maxAgeSeconds"
FROM client_resource assigned
JOIN resource ON resource."tenantId" = assigned."tenantId" AND resource.id = assigned."resourceId"
WHERE assigned."tenantId" = $1::uuid AND assigned."clientId" = $2::uuid ORDER BY resource.identifier
