-- webhooks.webhook.lock
-- $1 tenantId: id
-- $2 id: id
SELECT "tenantId", "id", "name", "url", "events", "status", "secret", "previousSecret", "previousSecretUntil",
"listeningSince", "failures", "failingSince", "disabledReason", "createdAt", "updatedAt" FROM "webhook" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid FOR UPDATE
