-- users.user-role.owners
-- @p0 tenantId: id
-- @p1 roleId: id
-- @p2 userId: id
SELECT COUNT(*) AS "users" FROM "user_role" h
JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'
WHERE h."tenantId" = @p0 AND h."roleId" = @p1 AND h."userId" <> @p2
