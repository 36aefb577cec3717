-- users.access.of-client
-- @p0 tenantId: id
-- @p1 clientId: id
SELECT r."name" AS "role", p."resourceId", p."key" AS "permission"
  FROM "client_role" h
JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId"
LEFT JOIN "role_permission" rp ON rp."tenantId" = r."tenantId" AND rp."roleId" = r."id"
LEFT JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
  WHERE h."tenantId" = @p0 AND h."clientId" = @p1
  ORDER BY r."name", p."key"
