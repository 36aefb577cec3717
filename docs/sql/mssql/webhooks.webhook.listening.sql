-- webhooks.webhook.listening
-- @p0 tenantIds: json
SELECT "tenantId", "id", "events", "listeningSince" FROM "webhook"
WHERE "tenantId" IN (SELECT CAST(t."value" AS char(36)) COLLATE Latin1_General_100_BIN2_UTF8
  FROM OPENJSON(@p0) AS t) AND "status" = 'active'
