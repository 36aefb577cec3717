-- oauth.access-token.insert
-- $1 tenantId: id
-- $2 id: id
-- $3 hash: hash
-- $4 authorizationId: id
-- $5 clientId: id
-- $6 userId: id
-- $7 scope: text
-- $8 audience: json
-- $9 claims: json
-- $10 createdAt: instant
-- $11 expiresAt: instant
INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims,
  "createdAt", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::text, $4::uuid, $5::uuid, $6::uuid, $7::text, $8::jsonb, $9::jsonb,
  $10::timestamptz, $11::timestamptz)
