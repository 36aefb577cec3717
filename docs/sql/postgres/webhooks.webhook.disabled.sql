-- webhooks.webhook.disabled
-- $1 tenantId: id
-- $2 take: integer
SELECT "id", "name", "disabledReason", "updatedAt" FROM "webhook"
WHERE "tenantId" = $1::uuid AND "status" = 'disabled' AND "disabledReason" IS NOT NULL
ORDER BY "updatedAt", "id" OFFSET 0 ROWS FETCH NEXT ($2::integer) ROWS ONLY
