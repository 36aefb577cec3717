-- audit.chain.links
-- $1 tenantId: id
-- $2 after: bigint
-- $3 take: integer
SELECT s."sequence", s."eventId", s."hash", s."sealedAt", e."tenantId", e."id", e."occurredAt", e."event", e."result", e."actorType", e."actorId",
e."actorTenantId", e."targetType", e."targetId", e."clientId", e."sessionId", e."occurrences", e."detail",
e."requestId", e."ip", e."userAgent"
  FROM "audit_seal" s LEFT JOIN "audit_event" e ON e."tenantId" = s."tenantId" AND e."id" = s."eventId"
  WHERE s."tenantId" = $1::uuid AND s."sequence" > $2::bigint ORDER BY s."sequence" LIMIT $3::integer
