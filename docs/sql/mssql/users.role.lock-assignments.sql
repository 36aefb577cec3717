-- users.role.lock-assignments
-- @p0 tenantId: id
-- @p1 roleId: id
SELECT "id" FROM "role" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = @p0 AND "id" = @p1
