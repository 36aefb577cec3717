-- oauth.client-deletion.pushed_request
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "pushed_request" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
