-- clients.client.list
-- $1 tenantId: id
-- $2 after: identifier
-- $3 take: integer
SELECT "tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
"updatedAt", "lastUsedAt" FROM client WHERE "tenantId" = $1::uuid AND "clientId" > $2::text
ORDER BY "clientId" OFFSET 0 ROWS FETCH NEXT ($3::integer) ROWS ONLY
