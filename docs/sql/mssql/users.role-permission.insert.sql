-- users.role-permission.insert
-- @p0 tenantId: id
-- @p1 rows: json
INSERT INTO "role_permission" ("tenantId", "roleId", "permissionId")
SELECT @p0, n."roleId", n."permissionId"
FROM OPENJSON(@p1) WITH ("roleId" char(36), "permissionId" char(36)) AS n
