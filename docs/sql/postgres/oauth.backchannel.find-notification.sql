-- oauth.backchannel.find-notification
-- $1 tenantId: id
-- $2 id: id
SELECT "notification" FROM "backchannel_request" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid
