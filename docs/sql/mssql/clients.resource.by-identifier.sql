-- clients.resource.by-identifier
-- @p0 tenantId: id
-- @p1 identifier: identifier
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds" FROM resource WHERE "tenantId" = @p0 AND identifier = @p1
