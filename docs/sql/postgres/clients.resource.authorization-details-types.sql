-- clients.resource.authorization-details-types
-- $1 tenantId: id
SELECT "authorizationDetailsTypes" FROM resource
WHERE "tenantId" = $1::uuid AND "authorizationDetailsTypes" IS NOT NULL
