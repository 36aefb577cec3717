-- users.user-code.remove
-- @p0 tenantId: id
-- @p1 userId: id
DELETE FROM "credential" WHERE "tenantId" = @p0 AND "userId" = @p1 AND "type" = 'user-code'
