-- audit.event.by-id
-- $1 tenantId: id
-- $2 id: id
SELECT "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId",
"clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent"
FROM "audit_event" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid
