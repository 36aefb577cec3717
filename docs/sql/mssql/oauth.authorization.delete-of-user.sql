-- oauth.authorization.delete-of-user
-- @p0 tenantId: id
-- @p1 userId: id
DELETE FROM "authorization" WHERE "tenantId" = @p0 AND "userId" = @p1
