-- users.user_role.owner-role
-- $1 tenantId: id
-- $2 holderId: id
SELECT r."id" FROM "user_role" h
JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId" AND r."name" = 'owner'
WHERE h."tenantId" = $1::uuid AND h."userId" = $2::uuid
