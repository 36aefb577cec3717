-- audit.chain.links
-- @p0 take: integer
-- @p1 tenantId: id
-- @p2 after: bigint
SELECT TOP (@p0) s."sequence", s."eventId", s."hash", s."sealedAt", e."tenantId", e."id", e."occurredAt", e."event", e."result", e."actorType", e."actorId",
e."actorTenantId", e."targetType", e."targetId", e."clientId", e."sessionId", e."occurrences", e."detail",
e."requestId", e."ip", e."userAgent"
  FROM "audit_seal" s LEFT JOIN "audit_event" e ON e."tenantId" = s."tenantId" AND e."id" = s."eventId"
  WHERE s."tenantId" = @p1 AND s."sequence" > @p2 ORDER BY s."sequence"
