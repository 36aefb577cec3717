-- clients.assignment.of-tenant
-- $1 tenantId: id
SELECT "clientId", "resourceId", "userScopes", "clientScopes" FROM client_resource WHERE "tenantId" = $1::uuid
