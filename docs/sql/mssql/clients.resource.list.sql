-- clients.resource.list
-- @p0 tenantId: id
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds" FROM resource WHERE "tenantId" = @p0 ORDER BY identifier
