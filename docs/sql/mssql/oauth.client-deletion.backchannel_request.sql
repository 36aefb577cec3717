-- oauth.client-deletion.backchannel_request
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "backchannel_request" WHERE "tenantId" = @p0 AND "clientId" = @p1
