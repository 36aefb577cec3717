-- webhooks.webhook.lock
-- @p0 tenantId: id
-- @p1 id: id
SELECT "tenantId", "id", "name", "url", "events", "status", "secret", "previousSecret", "previousSecretUntil",
"listeningSince", "failures", "failingSince", "disabledReason", "createdAt", "updatedAt" FROM "webhook" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = @p0 AND "id" = @p1
