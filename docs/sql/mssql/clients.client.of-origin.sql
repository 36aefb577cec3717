-- clients.client.of-origin
-- @p0 tenantId: id
-- @p1 origin: identifier
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = @p0 AND origin = @p1 ORDER BY "clientId"
