-- clients.client.by-client-id
-- @p0 tenantId: id
-- @p1 clientId: identifier
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = @p0 AND "clientId" = @p1
