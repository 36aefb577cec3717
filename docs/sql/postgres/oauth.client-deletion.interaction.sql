-- oauth.client-deletion.interaction
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "interaction" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
