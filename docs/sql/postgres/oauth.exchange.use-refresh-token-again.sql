-- oauth.exchange.use-refresh-token-again
-- $1 tenantId: id
-- $2 usedId: id
-- $3 now: instant
-- $4 accessId: id
-- $5 accessHash: hash
-- $6 authorizationId: id
-- $7 clientId: id
-- $8 userId: id
-- $9 accessScope: text
-- $10 accessAudience: json
-- $11 accessClaims: json
-- $12 accessExpiresAt: instant
-- $13 auditTenantId: id
-- $14 auditId: id
-- $15 auditOccurredAt: instant
-- $16 auditEvent: identifier
-- $17 auditResult: identifier
-- $18 auditActorType: identifier
-- $19 auditActorId: identifier
-- $20 auditActorTenantId: id
-- $21 auditTargetType: identifier
-- $22 auditTargetId: identifier
-- $23 auditClientId: id
-- $24 auditSessionId: id
-- $25 auditOccurrences: integer
-- $26 auditDetail: json
-- $27 auditRequestId: identifier
-- $28 auditIp: identifier
-- $29 auditUserAgent: text
WITH spent AS (SELECT id FROM refresh_token WHERE "tenantId" = $1::uuid AND id = $2::uuid AND "revokedAt" IS NULL AND "rotatedAt" IS NULL AND "idleExpiresAt" > $3::timestamptz),

access AS (INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT $1::uuid, $4::uuid, $5::text, $6::uuid, $7::uuid, $8::uuid, $9::text, $10::jsonb, $11::jsonb, $3::timestamptz, $12::timestamptz FROM spent WHERE $4::uuid IS NOT NULL),
audit AS (INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $13::uuid, $14::uuid, $15::timestamptz, $16::text, $17::text, $18::text, $19::text, $20::uuid, $21::text, $22::text, $23::uuid, $24::uuid, $25::integer, $26::jsonb, $27::text, $28::text, $29::text FROM spent)
SELECT 1 AS spent FROM spent
