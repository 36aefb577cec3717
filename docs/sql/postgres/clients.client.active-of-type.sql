-- clients.client.active-of-type
-- $1 tenantId: id
-- $2 type: identifier
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = $1::uuid AND type = $2::text AND status = 'active'
