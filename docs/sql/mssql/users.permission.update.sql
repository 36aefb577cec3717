-- users.permission.update
-- @p0 description: text
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "permission" SET "description" = @p0 WHERE "tenantId" = @p1 AND "id" = @p2
