-- oauth.decision.approve.device_authorization
-- $1 now: instant
-- $2 authorizationId: id
-- $3 tenantId: id
-- $4 id: id
-- $5 clientId: id
-- $6 userId: id
-- $7 sessionId: id
-- $8 scope: text
-- $9 resources: json
-- $10 authorizationDetails: json
-- $11 claims: json
-- $12 authTime: instant
-- $13 acr: text
-- $14 amr: json
-- $15 auditTenantId: id
-- $16 auditId: id
-- $17 auditOccurredAt: instant
-- $18 auditEvent: identifier
-- $19 auditResult: identifier
-- $20 auditActorType: identifier
-- $21 auditActorId: identifier
-- $22 auditActorTenantId: id
-- $23 auditTargetType: identifier
-- $24 auditTargetId: identifier
-- $25 auditClientId: id
-- $26 auditSessionId: id
-- $27 auditOccurrences: integer
-- $28 auditDetail: json
-- $29 auditRequestId: identifier
-- $30 auditIp: identifier
-- $31 auditUserAgent: text
WITH decided AS (UPDATE "device_authorization" SET "decidedAt" = $1::timestamptz, "authorizationId" = $2::uuid
WHERE "tenantId" = $3::uuid AND "id" = $4::uuid AND "decidedAt" IS NULL AND "expiresAt" > $1::timestamptz RETURNING "id"),
  granted AS (INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "sessionId",
"scope", "resources", "authorizationDetails", "claims", "authTime", "acr", "amr", "createdAt") SELECT $3::uuid, $2::uuid, $5::uuid, $6::uuid, $7::uuid,
$8::text, $9::jsonb, $10::jsonb, $11::jsonb, $12::timestamptz, $13::text, $14::jsonb, $1::timestamptz FROM decided),
  audited AS (INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $15::uuid, $16::uuid, $17::timestamptz, $18::text, $19::text, $20::text, $21::text, $22::uuid, $23::text, $24::text, $25::uuid, $26::uuid, $27::integer, $28::jsonb, $29::text, $30::text, $31::text FROM decided)
  SELECT 1 AS "decided" FROM decided
