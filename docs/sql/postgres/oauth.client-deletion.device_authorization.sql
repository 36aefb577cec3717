-- oauth.client-deletion.device_authorization
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "device_authorization" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
