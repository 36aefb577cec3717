-- oauth.authorization.issue
-- $1 tenantId: id
-- $2 authorizationId: id
-- $3 clientId: id
-- $4 userId: id
-- $5 sessionId: id
-- $6 scope: text
-- $7 resources: json
-- $8 authorizationDetails: json
-- $9 claims: json
-- $10 authTime: instant
-- $11 acr: text
-- $12 amr: json
-- $13 now: instant
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
-- $31 codeId: id
-- $32 hash: hash
-- $33 redirectUri: text
-- $34 codeChallenge: text
-- $35 nonce: text
-- $36 dpopJkt: text
-- $37 expiresAt: instant
WITH granted AS (INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "sessionId",
  "scope", "resources", "authorizationDetails", "claims", "authTime", "acr", "amr", "createdAt") VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid,
  $6::text, $7::jsonb, $8::jsonb, $9::jsonb, $10::timestamptz, $11::text, $12::jsonb, $13::timestamptz)), audited AS (INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") VALUES ($14::uuid, $15::uuid, $16::timestamptz, $17::text, $18::text, $19::text, $20::text, $21::uuid, $22::text, $23::text, $24::uuid, $25::uuid, $26::integer, $27::jsonb, $28::text, $29::text, $30::text)) INSERT INTO "authorization_code" ("tenantId", "id", "hash", "authorizationId",
  "redirectUri", "codeChallenge", "nonce", "dpopJkt", "createdAt", "expiresAt")
VALUES ($1::uuid, $31::uuid, $32::text, $2::uuid, $33::text, $34::text, $35::text, $36::text, $13::timestamptz, $37::timestamptz)
