-- oauth.client-deletion.authorization
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "authorization" WHERE "tenantId" = @p0 AND "clientId" = @p1
