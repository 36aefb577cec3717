-- clients.resource.list
-- $1 tenantId: id
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds" FROM resource WHERE "tenantId" = $1::uuid ORDER BY identifier
