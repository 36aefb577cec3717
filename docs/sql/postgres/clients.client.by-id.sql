-- clients.client.by-id
-- $1 tenantId: id
-- $2 id: id
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = $1::uuid AND id = $2::uuid
