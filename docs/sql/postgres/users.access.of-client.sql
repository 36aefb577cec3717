-- users.access.of-client
-- $1 tenantId: id
-- $2 clientId: id
SELECT r."name" AS "role", p."resourceId", p."key" AS "permission"
  FROM "client_role" h
JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId"
LEFT JOIN "role_permission" rp ON rp."tenantId" = r."tenantId" AND rp."roleId" = r."id"
LEFT JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
  WHERE h."tenantId" = $1::uuid AND h."clientId" = $2::uuid
  ORDER BY r."name", p."key"
