-- users.role.owners
-- $1 tenantId: id
-- $2 roleId: id
-- $3 holderId: id
SELECT
(SELECT COUNT(*) FROM "user_role" h
  JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'
  WHERE h."tenantId" = $1::uuid AND h."roleId" = $2::uuid AND h."userId" <> $3::uuid)
+ (SELECT COUNT(*) FROM "client_role" h
  JOIN "client" c ON c."tenantId" = h."tenantId" AND c."id" = h."clientId" AND c."status" = 'active'
  WHERE h."tenantId" = $1::uuid AND h."roleId" = $2::uuid AND h."clientId" <> $3::uuid) AS "owners"
