-- audit.sealing.unsealed
-- @p0 take: integer
-- @p1 low: bigint
SELECT TOP (@p0) e."tenantId", e."id", e."occurredAt", e."event", e."result", e."actorType", e."actorId",
e."actorTenantId", e."targetType", e."targetId", e."clientId", e."sessionId", e."occurrences", e."detail",
e."requestId", e."ip", e."userAgent", e."position" FROM "audit_event" e
  WHERE e."position" > @p1 AND NOT EXISTS (
    SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
  ORDER BY e."position"
