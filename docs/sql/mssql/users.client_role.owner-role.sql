-- users.client_role.owner-role
-- @p0 tenantId: id
-- @p1 holderId: id
SELECT r."id" FROM "client_role" h
JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId" AND r."name" = 'owner'
WHERE h."tenantId" = @p0 AND h."clientId" = @p1
