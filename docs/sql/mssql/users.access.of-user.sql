-- users.access.of-user
-- @p0 tenantId: id
-- @p1 userId: id
SELECT r."name" AS "role", p."resourceId", p."key" AS "permission"
  FROM "user_role" h JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'

JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId"
LEFT JOIN "role_permission" rp ON rp."tenantId" = r."tenantId" AND rp."roleId" = r."id"
LEFT JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
  WHERE h."tenantId" = @p0 AND h."userId" = @p1
  ORDER BY r."name", p."key"
