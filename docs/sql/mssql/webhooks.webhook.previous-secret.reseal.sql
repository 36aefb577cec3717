-- webhooks.webhook.previous-secret.reseal
-- @p0 sealed: text
-- @p1 tenantId: id
-- @p2 id: id
-- @p3 before: text
-- @p4 keyId: identifier
UPDATE "webhook" SET "previousSecret" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "previousSecret" = @p3 AND @p4 IS NOT NULL
