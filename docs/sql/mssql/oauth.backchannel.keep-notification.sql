-- oauth.backchannel.keep-notification
-- @p0 notification: text
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "backchannel_request" SET "notification" = @p0 WHERE "tenantId" = @p1 AND "id" = @p2
