-- oauth.client-deletion.access_token
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "access_token" WHERE "tenantId" = @p0 AND "clientId" = @p1
