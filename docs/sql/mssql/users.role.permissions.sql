-- users.role.permissions
-- @p0 tenantId: id
-- @p1 id: id
SELECT p."resourceId", p."key" FROM "role_permission" rp
JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
WHERE rp."tenantId" = @p0 AND rp."roleId" = @p1
ORDER BY p."resourceId", p."key"
