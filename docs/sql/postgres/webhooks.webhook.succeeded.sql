-- webhooks.webhook.succeeded
-- $1 tenantId: id
-- $2 id: id
UPDATE "webhook" SET "failures" = 0, "failingSince" = NULL
WHERE "tenantId" = $1::uuid AND "id" = $2::uuid AND "failures" > 0
