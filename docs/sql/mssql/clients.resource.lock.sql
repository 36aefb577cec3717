-- clients.resource.lock
-- @p0 tenantId: id
-- @p1 id: id
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds" FROM resource WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = @p0 AND id = @p1
