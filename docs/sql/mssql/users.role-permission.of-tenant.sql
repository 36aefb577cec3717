-- users.role-permission.of-tenant
-- @p0 tenantId: id
SELECT rp."roleId", p."resourceId", p."key" FROM "role_permission" rp
JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
WHERE rp."tenantId" = @p0
ORDER BY p."resourceId", p."key"
