-- users.role.permissions
-- $1 tenantId: id
-- $2 id: id
SELECT p."resourceId", p."key" FROM "role_permission" rp
JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
WHERE rp."tenantId" = $1::uuid AND rp."roleId" = $2::uuid
ORDER BY p."resourceId", p."key"
