-- clients.registration-access-token.withdraw
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "registration_access_token" WHERE "tenantId" = @p0 AND "clientId" = @p1
