-- webhooks.webhook.disable
-- @p0 reason: text
-- @p1 now: instant
-- @p2 tenantId: id
-- @p3 id: id
-- @p4 failingBefore: instant
-- @p5 minFailures: integer
UPDATE "webhook" SET "status" = 'disabled', "disabledReason" = @p0, "updatedAt" = @p1
WHERE "tenantId" = @p2 AND "id" = @p3 AND "status" = 'active'
  AND "failingSince" <= @p4 AND "failures" >= @p5
