-- admin-api.idempotency-key.purge
-- @p0 take: integer
-- @p1 now: instant
DELETE FROM k FROM (
SELECT TOP (@p0) * FROM "idempotency_key" WHERE "expiresAt" <= @p1 ORDER BY "expiresAt") AS k
