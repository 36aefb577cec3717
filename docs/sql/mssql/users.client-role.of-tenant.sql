-- users.client-role.of-tenant
-- @p0 tenantId: id
SELECT h."clientId", r."name" FROM "client_role" h
JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId"
WHERE h."tenantId" = @p0
ORDER BY r."name"
