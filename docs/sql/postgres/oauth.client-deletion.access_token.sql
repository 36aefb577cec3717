-- oauth.client-deletion.access_token
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "access_token" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
