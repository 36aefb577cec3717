-- clients.registration-access-token.owner
-- @p0 tenantId: id
-- @p1 hash: hash
SELECT client."clientId", token."policy" FROM "registration_access_token" token
JOIN client ON client."tenantId" = token."tenantId" AND client.id = token."clientId"
WHERE token."tenantId" = @p0 AND token."hash" = @p1 AND client.status = 'active'
