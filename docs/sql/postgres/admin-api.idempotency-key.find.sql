-- admin-api.idempotency-key.find
-- $1 tenantId: id
-- $2 hash: hash
SELECT "id", "requestHash", "answer" FROM "idempotency_key" WHERE "tenantId" = $1::uuid AND "hash" = $2::text
