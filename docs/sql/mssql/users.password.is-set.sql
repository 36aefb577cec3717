-- users.password.is-set
-- @p0 tenantId: id
-- @p1 userId: id
SELECT "id" FROM "credential" WHERE "tenantId" = @p0 AND "userId" = @p1 AND "type" = 'password'
