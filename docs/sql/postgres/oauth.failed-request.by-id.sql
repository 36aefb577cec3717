-- oauth.failed-request.by-id
-- $1 tenantId: id
-- $2 id: id
SELECT "tenantId", "id", "occurredAt", "endpoint", "error", "description", "status", "cause", "explanation",
"clientId", "sentClientId", "sent", "registered", "fix", "omitted", "ip", "userAgent" FROM "failed_request" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid
