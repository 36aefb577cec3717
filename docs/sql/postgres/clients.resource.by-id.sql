-- clients.resource.by-id
-- $1 tenantId: id
-- $2 id: id
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds", "createdAt", "updatedAt" FROM resource WHERE "tenantId" = $1::uuid AND id = $2::uuid
