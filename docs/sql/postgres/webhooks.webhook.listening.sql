-- webhooks.webhook.listening
-- $1 tenantIds: json
SELECT "tenantId", "id", "events", "listeningSince" FROM "webhook"
WHERE "tenantId" IN (SELECT t::uuid FROM jsonb_array_elements_text($1::jsonb) AS t) AND "status" = 'active'
