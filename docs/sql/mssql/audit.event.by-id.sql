-- audit.event.by-id
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId",
"clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent"
FROM "audit_event" WHERE "tenantId" = @p0 AND "id" = @p1
