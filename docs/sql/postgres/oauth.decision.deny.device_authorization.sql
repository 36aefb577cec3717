-- oauth.decision.deny.device_authorization
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
-- $4 auditTenantId: id
-- $5 auditId: id
-- $6 auditOccurredAt: instant
-- $7 auditEvent: identifier
-- $8 auditResult: identifier
-- $9 auditActorType: identifier
-- $10 auditActorId: identifier
-- $11 auditActorTenantId: id
-- $12 auditTargetType: identifier
-- $13 auditTargetId: identifier
-- $14 auditClientId: id
-- $15 auditSessionId: id
-- $16 auditOccurrences: integer
-- $17 auditDetail: json
-- $18 auditRequestId: identifier
-- $19 auditIp: identifier
-- $20 auditUserAgent: text
WITH decided AS (UPDATE "device_authorization" SET "decidedAt" = $1::timestamptz, "authorizationId" = NULL
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "decidedAt" IS NULL AND "expiresAt" > $1::timestamptz RETURNING "id"),
  audited AS (INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $4::uuid, $5::uuid, $6::timestamptz, $7::text, $8::text, $9::text, $10::text, $11::uuid, $12::text, $13::text, $14::uuid, $15::uuid, $16::integer, $17::jsonb, $18::text, $19::text, $20::text FROM decided)
  SELECT 1 AS "decided" FROM decided
