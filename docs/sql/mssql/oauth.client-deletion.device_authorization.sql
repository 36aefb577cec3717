-- oauth.client-deletion.device_authorization
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "device_authorization" WHERE "tenantId" = @p0 AND "clientId" = @p1
