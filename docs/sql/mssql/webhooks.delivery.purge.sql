-- webhooks.delivery.purge
-- @p0 take: integer
-- @p1 before: instant
DELETE FROM d FROM (
SELECT TOP (@p0) * FROM "webhook_delivery" WHERE "createdAt" < @p1 ORDER BY "createdAt") AS d
