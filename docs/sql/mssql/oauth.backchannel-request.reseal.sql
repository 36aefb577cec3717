-- oauth.backchannel-request.reseal
-- @p0 sealed: text
-- @p1 tenantId: id
-- @p2 id: id
-- @p3 before: text
-- @p4 keyId: identifier
UPDATE "backchannel_request" SET "notification" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "notification" = @p3 AND @p4 IS NOT NULL
