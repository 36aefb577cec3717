-- oauth.exchange.use-refresh-token
-- $1 now: instant
-- $2 idleExpiresAt: instant
-- $3 tenantId: id
-- $4 usedId: id
-- $5 accessId: id
-- $6 accessHash: hash
-- $7 authorizationId: id
-- $8 clientId: id
-- $9 userId: id
-- $10 accessScope: text
-- $11 accessAudience: json
-- $12 accessClaims: json
-- $13 accessExpiresAt: instant
-- $14 auditTenantId: id
-- $15 auditId: id
-- $16 auditOccurredAt: instant
-- $17 auditEvent: identifier
-- $18 auditResult: identifier
-- $19 auditActorType: identifier
-- $20 auditActorId: identifier
-- $21 auditActorTenantId: id
-- $22 auditTargetType: identifier
-- $23 auditTargetId: identifier
-- $24 auditClientId: id
-- $25 auditSessionId: id
-- $26 auditOccurrences: integer
-- $27 auditDetail: json
-- $28 auditRequestId: identifier
-- $29 auditIp: identifier
-- $30 auditUserAgent: text
WITH spent AS (UPDATE refresh_token SET "lastUsedAt" = $1::timestamptz, "idleExpiresAt" = $2::timestamptz WHERE "tenantId" = $3::uuid AND id = $4::uuid AND "revokedAt" IS NULL AND "rotatedAt" IS NULL AND "idleExpiresAt" > $1::timestamptz RETURNING id),

access AS (INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT $3::uuid, $5::uuid, $6::text, $7::uuid, $8::uuid, $9::uuid, $10::text, $11::jsonb, $12::jsonb, $1::timestamptz, $13::timestamptz FROM spent WHERE $5::uuid IS NOT NULL),
audit AS (INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $14::uuid, $15::uuid, $16::timestamptz, $17::text, $18::text, $19::text, $20::text, $21::uuid, $22::text, $23::text, $24::uuid, $25::uuid, $26::integer, $27::jsonb, $28::text, $29::text, $30::text FROM spent)
SELECT 1 AS spent FROM spent
