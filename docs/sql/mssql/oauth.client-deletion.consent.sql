-- oauth.client-deletion.consent
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "consent" WHERE "tenantId" = @p0 AND "clientId" = @p1
