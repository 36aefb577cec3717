-- oauth.exchange.redeem.backchannel_request
-- $1 now: instant
-- $2 tenantId: id
-- $3 polledId: id
-- $4 authorizationId: id
-- $5 refreshId: id
-- $6 refreshHash: hash
-- $7 refreshParentId: id
-- $8 refreshScope: text
-- $9 refreshConfirmation: json
-- $10 refreshIdleExpiresAt: instant
-- $11 refreshAbsoluteExpiresAt: instant
-- $12 accessId: id
-- $13 accessHash: hash
-- $14 clientId: id
-- $15 userId: id
-- $16 accessScope: text
-- $17 accessAudience: json
-- $18 accessClaims: json
-- $19 accessExpiresAt: instant
-- $20 auditTenantId: id
-- $21 auditId: id
-- $22 auditOccurredAt: instant
-- $23 auditEvent: identifier
-- $24 auditResult: identifier
-- $25 auditActorType: identifier
-- $26 auditActorId: identifier
-- $27 auditActorTenantId: id
-- $28 auditTargetType: identifier
-- $29 auditTargetId: identifier
-- $30 auditClientId: id
-- $31 auditSessionId: id
-- $32 auditOccurrences: integer
-- $33 auditDetail: json
-- $34 auditRequestId: identifier
-- $35 auditIp: identifier
-- $36 auditUserAgent: text
WITH spent AS (UPDATE backchannel_request SET "redeemedAt" = $1::timestamptz
  WHERE "tenantId" = $2::uuid AND id = $3::uuid AND "authorizationId" = $4::uuid
    AND "redeemedAt" IS NULL AND "expiresAt" > $1::timestamptz RETURNING id),
refresh AS (INSERT INTO refresh_token ("tenantId", id, hash, "authorizationId", "parentId", scope, confirmation, "createdAt", "idleExpiresAt", "absoluteExpiresAt") SELECT $2::uuid, $5::uuid, $6::text, $4::uuid, $7::uuid, $8::text, $9::jsonb, $1::timestamptz, $10::timestamptz, $11::timestamptz FROM spent WHERE $5::uuid IS NOT NULL),
access AS (INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT $2::uuid, $12::uuid, $13::text, $4::uuid, $14::uuid, $15::uuid, $16::text, $17::jsonb, $18::jsonb, $1::timestamptz, $19::timestamptz FROM spent WHERE $12::uuid IS NOT NULL),
audit AS (INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT $20::uuid, $21::uuid, $22::timestamptz, $23::text, $24::text, $25::text, $26::text, $27::uuid, $28::text, $29::text, $30::uuid, $31::uuid, $32::integer, $33::jsonb, $34::text, $35::text, $36::text FROM spent)
SELECT 1 AS spent FROM spent
