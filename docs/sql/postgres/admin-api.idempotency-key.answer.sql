-- admin-api.idempotency-key.answer
-- $1 answer: text
-- $2 tenantId: id
-- $3 id: id
UPDATE "idempotency_key" SET "answer" = $1::text WHERE "tenantId" = $2::uuid AND "id" = $3::uuid
