-- clients.client.list
-- @p0 tenantId: id
-- @p1 after: identifier
-- @p2 take: integer
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = @p0 AND "clientId" > @p1
ORDER BY "clientId" OFFSET 0 ROWS FETCH NEXT (@p2) ROWS ONLY
