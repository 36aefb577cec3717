-- webhooks.delivery.purge
-- $1 before: instant
-- $2 take: integer
DELETE FROM "webhook_delivery" WHERE ("tenantId", "id") IN (
SELECT "tenantId", "id" FROM "webhook_delivery" WHERE "createdAt" < $1::timestamptz ORDER BY "createdAt" LIMIT $2::integer)
