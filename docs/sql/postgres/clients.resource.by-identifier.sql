-- clients.resource.by-identifier
-- $1 tenantId: id
-- $2 identifier: identifier
SELECT id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
"includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds" FROM resource WHERE "tenantId" = $1::uuid AND identifier = $2::text
