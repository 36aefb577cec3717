-- webhooks.delivery.by-id
-- $1 tenantId: id
-- $2 id: id
SELECT "id", "webhookId", "messageId", "event", "payload", "attempt", "outcome", "statusCode",
"durationMilliseconds", "answer", "error", "createdAt"
FROM "webhook_delivery" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid
