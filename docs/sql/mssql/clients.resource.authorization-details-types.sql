-- clients.resource.authorization-details-types
-- @p0 tenantId: id
SELECT "authorizationDetailsTypes" FROM resource
WHERE "tenantId" = @p0 AND "authorizationDetailsTypes" IS NOT NULL
