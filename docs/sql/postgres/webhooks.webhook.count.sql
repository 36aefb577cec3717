-- webhooks.webhook.count
-- $1 tenantId: id
SELECT COUNT(*) AS "count" FROM "webhook" WHERE "tenantId" = $1::uuid
