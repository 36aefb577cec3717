-- webhooks.webhook.failed
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "webhook" SET "failures" = "failures" + 1, "failingSince" = COALESCE("failingSince", @p0)
WHERE "tenantId" = @p1 AND "id" = @p2
