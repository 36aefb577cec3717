-- oauth.failed-request.by-id
-- @p0 tenantId: id
-- @p1 id: id
SELECT "tenantId", "id", "occurredAt", "endpoint", "error", "description", "status", "cause", "explanation",
"clientId", "sentClientId", "sent", "registered", "fix", "omitted", "ip", "userAgent" FROM "failed_request" WHERE "tenantId" = @p0 AND "id" = @p1
