-- oauth.interaction.insert
-- $1 tenantId: id
-- $2 id: id
-- $3 clientId: id
-- $4 browserHash: hash
-- $5 parameters: json
-- $6 createdAt: instant
-- $7 expiresAt: instant
INSERT INTO "interaction"
  ("tenantId", "id", "clientId", "browserHash", "parameters", "createdAt", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::text, $5::jsonb, $6::timestamptz, $7::timestamptz)
