-- oauth.backchannel.open
-- $1 tenantId: id
-- $2 id: id
-- $3 clientId: id
-- $4 userId: id
-- $5 authReqIdHash: hash
-- $6 parameters: json
-- $7 bindingMessage: text
-- $8 notification: text
-- $9 intervalSeconds: integer
-- $10 now: instant
-- $11 expiresAt: instant
-- $12 auditTenantId: id
-- $13 auditId: id
-- $14 auditOccurredAt: instant
-- $15 auditEvent: identifier
-- $16 auditResult: identifier
-- $17 auditActorType: identifier
-- $18 auditActorId: identifier
-- $19 auditActorTenantId: id
-- $20 auditTargetType: identifier
-- $21 auditTargetId: identifier
-- $22 auditClientId: id
-- $23 auditSessionId: id
-- $24 auditOccurrences: integer
-- $25 auditDetail: json
-- $26 auditRequestId: identifier
-- $27 auditIp: identifier
-- $28 auditUserAgent: text
WITH opened AS (INSERT INTO "backchannel_request" ("tenantId", "id", "clientId", "userId", "authReqIdHash",
  "parameters", "bindingMessage", "notification", "intervalSeconds", "createdAt", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::text,
  $6::jsonb, $7::text, $8::text, $9::integer, $10::timestamptz, $11::timestamptz)) INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") VALUES ($12::uuid, $13::uuid, $14::timestamptz, $15::text, $16::text, $17::text, $18::text, $19::uuid, $20::text, $21::text, $22::uuid, $23::uuid, $24::integer, $25::jsonb, $26::text, $27::text, $28::text)
