-- oauth.backchannel-request.delete-of-user
-- @p0 tenantId: id
-- @p1 userId: id
DELETE FROM "backchannel_request" WHERE "tenantId" = @p0 AND "userId" = @p1
