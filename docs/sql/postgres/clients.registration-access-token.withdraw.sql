-- clients.registration-access-token.withdraw
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "registration_access_token" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid
