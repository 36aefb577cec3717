-- clients.registration-access-token.owner
-- $1 tenantId: id
-- $2 hash: hash
SELECT client."clientId", token."policy" FROM "registration_access_token" token
JOIN client ON client."tenantId" = token."tenantId" AND client.id = token."clientId"
WHERE token."tenantId" = $1::uuid AND token."hash" = $2::text AND client.status = 'active'
