-- oauth.access-token.insert
-- $1 tenantId: id
-- $2 id: id
-- $3 hash: hash
-- $4 clientId: id
-- $5 scope: text
-- $6 audience: json
-- $7 claims: json
-- $8 createdAt: instant
-- $9 expiresAt: instant
INSERT INTO access_token ("tenantId", id, hash, "clientId", scope, audience, claims, "createdAt", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::text, $4::uuid, $5::text, $6::jsonb, $7::jsonb, $8::timestamptz, $9::timestamptz)
