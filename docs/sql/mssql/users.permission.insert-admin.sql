-- users.permission.insert-admin
-- @p0 builtIn: boolean
-- @p1 now: instant
-- @p2 rows: json
-- @p3 tenantId: id
INSERT INTO "permission" ("tenantId", "id", "resourceId", "key", "description", "builtIn", "createdAt")
SELECT r."tenantId", n."id", r."id", n."key", n."description", @p0, @p1
FROM "resource" r CROSS JOIN OPENJSON(@p2) WITH
  ("id" char(36), "key" varchar(255), "description" nvarchar(max)) AS n
WHERE r."tenantId" = @p3 AND r."builtIn" = @p0 AND r."identifier" LIKE '%/admin/api'
