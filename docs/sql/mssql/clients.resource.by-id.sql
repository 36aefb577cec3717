-- clients.resource.by-id
-- @p0 tenantId: id
-- @p1 id: id
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds", "createdAt", "updatedAt" FROM resource WHERE "tenantId" = @p0 AND id = @p1
