-- audit.sealing.unsealed
-- $1 low: bigint
-- $2 take: integer
SELECT e."tenantId", e."id", e."occurredAt", e."event", e."result", e."actorType", e."actorId",
e."actorTenantId", e."targetType", e."targetId", e."clientId", e."sessionId", e."occurrences", e."detail",
e."requestId", e."ip", e."userAgent", e."position" FROM "audit_event" e
  WHERE e."position" > $1::bigint AND NOT EXISTS (
    SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
  ORDER BY e."position" LIMIT $2::integer
