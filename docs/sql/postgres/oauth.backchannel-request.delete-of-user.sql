-- oauth.backchannel-request.delete-of-user
-- $1 tenantId: id
-- $2 userId: id
DELETE FROM "backchannel_request" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid
