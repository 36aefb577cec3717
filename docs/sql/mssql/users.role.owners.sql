-- users.role.owners
-- @p0 tenantId: id
-- @p1 roleId: id
-- @p2 holderId: id
SELECT
(SELECT COUNT(*) FROM "user_role" h
  JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'
  WHERE h."tenantId" = @p0 AND h."roleId" = @p1 AND h."userId" <> @p2)
+ (SELECT COUNT(*) FROM "client_role" h
  JOIN "client" c ON c."tenantId" = h."tenantId" AND c."id" = h."clientId" AND c."status" = 'active'
  WHERE h."tenantId" = @p0 AND h."roleId" = @p1 AND h."clientId" <> @p2) AS "owners"
