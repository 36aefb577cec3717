-- oauth.client-deletion.consent
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "consent" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
