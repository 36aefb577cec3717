-- admin-api.idempotency-key.purge
-- $1 now: instant
-- $2 take: integer
DELETE FROM "idempotency_key" WHERE ("tenantId", "id") IN (
SELECT "tenantId", "id" FROM "idempotency_key" WHERE "expiresAt" <= $1::timestamptz ORDER BY "expiresAt" LIMIT $2::integer)
