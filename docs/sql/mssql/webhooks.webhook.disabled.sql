-- webhooks.webhook.disabled
-- @p0 tenantId: id
-- @p1 take: integer
SELECT "id", "name", "disabledReason", "updatedAt" FROM "webhook"
WHERE "tenantId" = @p0 AND "status" = 'disabled' AND "disabledReason" IS NOT NULL
ORDER BY "updatedAt", "id" OFFSET 0 ROWS FETCH NEXT (@p1) ROWS ONLY
