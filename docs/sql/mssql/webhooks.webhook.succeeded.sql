-- webhooks.webhook.succeeded
-- @p0 tenantId: id
-- @p1 id: id
UPDATE "webhook" SET "failures" = 0, "failingSince" = NULL
WHERE "tenantId" = @p0 AND "id" = @p1 AND "failures" > 0
