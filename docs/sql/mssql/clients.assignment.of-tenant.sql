-- clients.assignment.of-tenant
-- @p0 tenantId: id
SELECT "clientId", "resourceId", "userScopes", "clientScopes" FROM client_resource WHERE "tenantId" = @p0
