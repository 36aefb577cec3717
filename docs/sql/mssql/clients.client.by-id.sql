-- clients.client.by-id
-- @p0 tenantId: id
-- @p1 id: id
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = @p0 AND id = @p1
