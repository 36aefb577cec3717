-- oauth.client-deletion.backchannel_request
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "backchannel_request" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
