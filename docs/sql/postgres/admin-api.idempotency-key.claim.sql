-- admin-api.idempotency-key.claim
-- $1 tenantId: id
-- $2 id: id
-- $3 hash: hash
-- $4 requestHash: hash
-- $5 expiresAt: instant
INSERT INTO "idempotency_key" ("tenantId", "id", "hash", "requestHash", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::timestamptz)
ON CONFLICT ("tenantId", "hash") DO NOTHING
