-- clients.client.active-of-type
-- @p0 tenantId: id
-- @p1 type: identifier
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = @p0 AND type = @p1 AND status = 'active'
