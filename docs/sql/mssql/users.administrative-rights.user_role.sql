-- users.administrative-rights.user_role
-- @p0 builtIn: boolean
-- @p1 tenantId: id
-- @p2 holderId: id
SELECT DISTINCT p."key" FROM "user_role" h
    JOIN "role_permission" rp ON rp."tenantId" = h."tenantId" AND rp."roleId" = h."roleId"
JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId" AND p."builtIn" = @p0
    WHERE h."tenantId" = @p1 AND h."userId" = @p2
