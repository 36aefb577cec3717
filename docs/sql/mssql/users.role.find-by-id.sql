-- users.role.find-by-id
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt" FROM "role" WHERE "tenantId" = @p0 AND "id" = @p1
