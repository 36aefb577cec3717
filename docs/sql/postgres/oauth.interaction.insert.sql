-- oauth.interaction.insert
-- $1 tenantId: id
-- $2 id: id
-- $3 clientId: id
-- $4 browserHash: hash
-- $5 deviceAuthorizationId: id
-- $6 parameters: json
-- $7 pushedRequestId: id
-- $8 createdAt: instant
-- $9 expiresAt: instant
INSERT INTO "interaction"
  ("tenantId", "id", "clientId", "browserHash", "deviceAuthorizationId", "parameters", "pushedRequestId",
    "createdAt", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::text, $5::uuid, $6::jsonb, $7::uuid,
  $8::timestamptz, $9::timestamptz)
