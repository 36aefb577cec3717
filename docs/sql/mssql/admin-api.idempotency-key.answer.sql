-- admin-api.idempotency-key.answer
-- @p0 answer: text
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "idempotency_key" SET "answer" = @p0 WHERE "tenantId" = @p1 AND "id" = @p2
