-- webhooks.delivery.by-id
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id", "webhookId", "messageId", "event", "payload", "attempt", "outcome", "statusCode",
"durationMilliseconds", "answer", "error", "createdAt"
FROM "webhook_delivery" WHERE "tenantId" = @p0 AND "id" = @p1
