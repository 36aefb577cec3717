-- users.client-role.of-tenant
-- $1 tenantId: id
SELECT h."clientId", r."name" FROM "client_role" h
JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId"
WHERE h."tenantId" = $1::uuid
ORDER BY r."name"
