-- oauth.exchange.repeat-rotation
-- $1 now: instant
-- $2 tenantId: id
-- $3 usedId: id
-- $4 rotatedAfter: instant
-- $5 successorId: id
-- $6 accessId: id
-- $7 accessHash: hash
-- $8 authorizationId: id
-- $9 clientId: id
-- $10 userId: id
-- $11 accessScope: text
-- $12 accessAudience: json
-- $13 accessClaims: json
-- $14 accessExpiresAt: instant
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
WITH spent AS (UPDATE refresh_token SET "graceUsedAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND id = $3::uuid AND "revokedAt" IS NULL AND "graceUsedAt" IS NULL AND "rotatedAt" > $4::timestamptz AND NOT EXISTS (
  SELECT 1 FROM refresh_token n
  WHERE n."tenantId" = $2::uuid AND n.id = $5::uuid AND n."rotatedAt" IS NOT NULL) RETURNING id),

access AS (INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT $2::uuid, $6::uuid, $7::text, $8::uuid, $9::uuid, $10::uuid, $11::text, $12::jsonb, $13::jsonb, $1::timestamptz, $14::timestamptz FROM spent WHERE $6::uuid IS NOT NULL),
audit AS (INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $15::uuid, $16::uuid, $17::timestamptz, $18::text, $19::text, $20::text, $21::text, $22::uuid, $23::text, $24::text, $25::uuid, $26::uuid, $27::integer, $28::jsonb, $29::text, $30::text, $31::text FROM spent)
SELECT 1 AS spent FROM spent
