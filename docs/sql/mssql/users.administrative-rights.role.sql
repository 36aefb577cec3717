-- users.administrative-rights.role
-- @p0 builtIn: boolean
-- @p1 tenantId: id
-- @p2 roleId: id
SELECT p."key" FROM "role_permission" rp
JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId" AND p."builtIn" = @p0
  WHERE rp."tenantId" = @p1 AND rp."roleId" = @p2
