-- oauth.exchange.rotate-refresh-token
-- $1 now: instant
-- $2 refreshId: id
-- $3 tenantId: id
-- $4 usedId: id
-- $5 refreshHash: hash
-- $6 authorizationId: id
-- $7 refreshParentId: id
-- $8 refreshScope: text
-- $9 refreshIdleExpiresAt: instant
-- $10 refreshAbsoluteExpiresAt: instant
-- $11 accessId: id
-- $12 accessHash: hash
-- $13 clientId: id
-- $14 userId: id
-- $15 accessScope: text
-- $16 accessAudience: json
-- $17 accessClaims: json
-- $18 accessExpiresAt: instant
-- $19 auditTenantId: id
-- $20 auditId: id
-- $21 auditOccurredAt: instant
-- $22 auditEvent: identifier
-- $23 auditResult: identifier
-- $24 auditActorType: identifier
-- $25 auditActorId: identifier
-- $26 auditActorTenantId: id
-- $27 auditTargetType: identifier
-- $28 auditTargetId: identifier
-- $29 auditClientId: id
-- $30 auditSessionId: id
-- $31 auditOccurrences: integer
-- $32 auditDetail: json
-- $33 auditRequestId: identifier
-- $34 auditIp: identifier
-- $35 auditUserAgent: text
WITH spent AS (UPDATE refresh_token SET "lastUsedAt" = $1::timestamptz, "rotatedAt" = $1::timestamptz, "successorId" = $2::uuid
WHERE "tenantId" = $3::uuid AND id = $4::uuid AND "revokedAt" IS NULL AND "rotatedAt" IS NULL AND "idleExpiresAt" > $1::timestamptz RETURNING id),
refresh AS (INSERT INTO refresh_token ("tenantId", id, hash, "authorizationId", "parentId", scope, "createdAt", "idleExpiresAt", "absoluteExpiresAt") SELECT $3::uuid, $2::uuid, $5::text, $6::uuid, $7::uuid, $8::text, $1::timestamptz, $9::timestamptz, $10::timestamptz FROM spent WHERE $2::uuid IS NOT NULL),
access AS (INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT $3::uuid, $11::uuid, $12::text, $6::uuid, $13::uuid, $14::uuid, $15::text, $16::jsonb, $17::jsonb, $1::timestamptz, $18::timestamptz FROM spent WHERE $11::uuid IS NOT NULL),
audit AS (INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $19::uuid, $20::uuid, $21::timestamptz, $22::text, $23::text, $24::text, $25::text, $26::uuid, $27::text, $28::text, $29::uuid, $30::uuid, $31::integer, $32::jsonb, $33::text, $34::text, $35::text FROM spent)
SELECT 1 AS spent FROM spent
