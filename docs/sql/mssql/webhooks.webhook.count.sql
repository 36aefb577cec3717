-- webhooks.webhook.count
-- @p0 tenantId: id
SELECT COUNT(*) AS "count" FROM "webhook" WHERE "tenantId" = @p0
