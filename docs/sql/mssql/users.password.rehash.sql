-- users.password.rehash
-- @p0 newSecret: text
-- @p1 tenantId: id
-- @p2 id: id
-- @p3 secret: text
UPDATE "credential" SET "secret" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "secret" = @p3
