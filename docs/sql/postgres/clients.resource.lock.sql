-- clients.resource.lock
-- $1 tenantId: id
-- $2 id: id
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds" FROM resource WHERE "tenantId" = $1::uuid AND id = $2::uuid FOR UPDATE
