-- oauth.backchannel.keep-notification
-- $1 notification: text
-- $2 tenantId: id
-- $3 id: id
UPDATE "backchannel_request" SET "notification" = $1::text WHERE "tenantId" = $2::uuid AND "id" = $3::uuid
