-- clients.client.of-origin
-- $1 tenantId: id
-- $2 origin: identifier
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = $1::uuid AND origin = $2::text ORDER BY "clientId"
