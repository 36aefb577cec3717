-- users.permission.lock
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id", "resourceId", "key", "description", "builtIn", "createdAt" FROM "permission" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = @p0 AND "id" = @p1
