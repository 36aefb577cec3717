-- users.role-holder.user
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id" FROM "user" WHERE "tenantId" = @p0 AND "id" = @p1
