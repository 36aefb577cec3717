-- oauth.authorization.issue
-- $1 tenantId: id
-- $2 authorizationId: id
-- $3 clientId: id
-- $4 userId: id
-- $5 sessionId: id
-- $6 scope: text
-- $7 resources: json
-- $8 claims: json
-- $9 authTime: instant
-- $10 acr: text
-- $11 amr: json
-- $12 now: instant
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
-- $30 codeId: id
-- $31 hash: hash
-- $32 redirectUri: text
-- $33 codeChallenge: text
-- $34 nonce: text
-- $35 expiresAt: instant
WITH granted AS (INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "sessionId",
  "scope", "resources", "claims", "authTime", "acr", "amr", "createdAt")
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid,
  $6::text, $7::jsonb, $8::jsonb, $9::timestamptz, $10::text, $11::jsonb, $12::timestamptz)), audited AS (INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") VALUES ($13::uuid, $14::uuid, $15::timestamptz, $16::text, $17::text, $18::text, $19::text, $20::uuid, $21::text, $22::text, $23::uuid, $24::uuid, $25::integer, $26::jsonb, $27::text, $28::text, $29::text)) INSERT INTO "authorization_code" ("tenantId", "id", "hash", "authorizationId",
  "redirectUri", "codeChallenge", "nonce", "createdAt", "expiresAt")
VALUES ($1::uuid, $30::uuid, $31::text, $2::uuid, $32::text, $33::text, $34::text, $12::timestamptz, $35::timestamptz)
