-- admin-api.idempotency-key.find
-- @p0 tenantId: id
-- @p1 hash: hash
SELECT "id", "requestHash", "answer" FROM "idempotency_key" WHERE "tenantId" = @p0 AND "hash" = @p1
