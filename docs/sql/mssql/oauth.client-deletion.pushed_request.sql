-- oauth.client-deletion.pushed_request
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "pushed_request" WHERE "tenantId" = @p0 AND "clientId" = @p1
