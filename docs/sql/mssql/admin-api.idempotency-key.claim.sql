-- admin-api.idempotency-key.claim
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 hash: hash
-- @p3 requestHash: hash
-- @p4 expiresAt: instant
INSERT INTO "idempotency_key" ("tenantId", "id", "hash", "requestHash", "expiresAt")
SELECT @p0, @p1, @p2, @p3, @p4
WHERE NOT EXISTS (SELECT 1 FROM "idempotency_key" WITH (UPDLOCK, HOLDLOCK)
  WHERE "tenantId" = @p0 AND "hash" = @p2)
