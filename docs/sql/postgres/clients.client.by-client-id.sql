-- clients.client.by-client-id
-- $1 tenantId: id
-- $2 clientId: identifier
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = $1::uuid AND "clientId" = $2::text
