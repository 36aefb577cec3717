-- webhooks.examination.disabled
SELECT "tenantId", "id", "name", "disabledReason" FROM "webhook"
WHERE "status" = 'disabled' AND "disabledReason" IS NOT NULL
ORDER BY "updatedAt", "id" OFFSET 0 ROWS FETCH NEXT 20 ROWS ONLY
