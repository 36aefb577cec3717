-- oauth.pushed-request.insert
-- $1 tenantId: id
-- $2 id: id
-- $3 hash: hash
-- $4 clientId: id
-- $5 parameters: json
-- $6 createdAt: instant
-- $7 expiresAt: instant
INSERT INTO "pushed_request"
  ("tenantId", "id", "hash", "clientId", "parameters", "createdAt", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::text, $4::uuid, $5::jsonb, $6::timestamptz, $7::timestamptz)
