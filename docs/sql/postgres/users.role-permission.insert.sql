-- users.role-permission.insert
-- $1 tenantId: id
-- $2 rows: json
INSERT INTO "role_permission" ("tenantId", "roleId", "permissionId")
SELECT $1::uuid, n."roleId", n."permissionId"
FROM jsonb_to_recordset($2::jsonb) AS n("roleId" uuid, "permissionId" uuid)
