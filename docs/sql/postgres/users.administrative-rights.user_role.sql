-- users.administrative-rights.user_role
-- $1 builtIn: boolean
-- $2 tenantId: id
-- $3 holderId: id
SELECT DISTINCT p."key" FROM "user_role" h
    JOIN "role_permission" rp ON rp."tenantId" = h."tenantId" AND rp."roleId" = h."roleId"
JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId" AND p."builtIn" = $1::boolean
    WHERE h."tenantId" = $2::uuid AND h."userId" = $3::uuid
