-- oauth.backchannel.find-notification
-- @p0 tenantId: id
-- @p1 id: id
SELECT "notification" FROM "backchannel_request" WHERE "tenantId" = @p0 AND "id" = @p1
