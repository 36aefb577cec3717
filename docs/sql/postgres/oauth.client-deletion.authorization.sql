-- oauth.client-deletion.authorization
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "authorization" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
