-- users.administrative-rights.role
-- $1 builtIn: boolean
-- $2 tenantId: id
-- $3 roleId: id
SELECT p."key" FROM "role_permission" rp
JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId" AND p."builtIn" = $1::boolean
  WHERE rp."tenantId" = $2::uuid AND rp."roleId" = $3::uuid
