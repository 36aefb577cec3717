-- users.user-role.owners
-- $1 tenantId: id
-- $2 roleId: id
-- $3 userId: id
SELECT COUNT(*) AS "users" FROM "user_role" h
JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'
WHERE h."tenantId" = $1::uuid AND h."roleId" = $2::uuid AND h."userId" <> $3::uuid
