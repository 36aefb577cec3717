-- oauth.grant-assertion.redeem
-- $1 tenantId: id
-- $2 replayKey: hash
-- $3 replayExpiresAt: instant
-- $4 authorizationId: id
-- $5 clientId: id
-- $6 userId: id
-- $7 scope: text
-- $8 resources: json
-- $9 now: instant
-- $10 accessId: id
-- $11 accessHash: hash
-- $12 accessScope: text
-- $13 accessAudience: json
-- $14 accessClaims: json
-- $15 accessExpiresAt: instant
-- $16 auditTenantId: id
-- $17 auditId: id
-- $18 auditOccurredAt: instant
-- $19 auditEvent: identifier
-- $20 auditResult: identifier
-- $21 auditActorType: identifier
-- $22 auditActorId: identifier
-- $23 auditActorTenantId: id
-- $24 auditTargetType: identifier
-- $25 auditTargetId: identifier
-- $26 auditClientId: id
-- $27 auditSessionId: id
-- $28 auditOccurrences: integer
-- $29 auditDetail: json
-- $30 auditRequestId: identifier
-- $31 auditIp: identifier
-- $32 auditUserAgent: text
WITH spent AS (
  INSERT INTO replay ("tenantId", "key", "expiresAt") VALUES ($1::uuid, $2::text, $3::timestamptz)
  ON CONFLICT DO NOTHING RETURNING "key"),
granted AS (INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "scope", "resources", "createdAt") SELECT $1::uuid, $4::uuid, $5::uuid, $6::uuid, $7::text, $8::jsonb, $9::timestamptz FROM spent WHERE $4::uuid IS NOT NULL),
access AS (INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT $1::uuid, $10::uuid, $11::text, $4::uuid, $5::uuid, $6::uuid, $12::text, $13::jsonb, $14::jsonb, $9::timestamptz, $15::timestamptz FROM spent WHERE $10::uuid IS NOT NULL),
audit AS (INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $16::uuid, $17::uuid, $18::timestamptz, $19::text, $20::text, $21::text, $22::text, $23::uuid, $24::text, $25::text, $26::uuid, $27::uuid, $28::integer, $29::jsonb, $30::text, $31::text, $32::text FROM spent)
SELECT 1 AS spent FROM spent
