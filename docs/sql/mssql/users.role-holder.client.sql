-- users.role-holder.client
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id" FROM "client" WHERE "tenantId" = @p0 AND "id" = @p1
