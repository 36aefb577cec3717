-- users.role.lock
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt" FROM "role" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = @p0 AND "id" = @p1
