-- users.role.insert
-- @p0 tenantId: id
-- @p1 builtIn: boolean
-- @p2 now: instant
-- @p3 rows: json
INSERT INTO "role" ("tenantId", "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt")
SELECT @p0, n."id", n."name", n."displayName", n."description", @p1, @p2, @p2
FROM OPENJSON(@p3) WITH
  ("id" char(36), "name" varchar(255), "displayName" nvarchar(max), "description" nvarchar(max)) AS n
