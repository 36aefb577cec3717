-- oauth.device.open
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 clientId: id
-- @p3 deviceCodeHash: hash
-- @p4 userCodeHash: hash
-- @p5 parameters: json
-- @p6 ip: text
-- @p7 intervalSeconds: integer
-- @p8 now: instant
-- @p9 expiresAt: instant
-- @p10 auditTenantId: id
-- @p11 auditId: id
-- @p12 auditOccurredAt: instant
-- @p13 auditEvent: identifier
-- @p14 auditResult: identifier
-- @p15 auditActorType: identifier
-- @p16 auditActorId: identifier
-- @p17 auditActorTenantId: id
-- @p18 auditTargetType: identifier
-- @p19 auditTargetId: identifier
-- @p20 auditClientId: id
-- @p21 auditSessionId: id
-- @p22 auditOccurrences: integer
-- @p23 auditDetail: json
-- @p24 auditRequestId: identifier
-- @p25 auditIp: identifier
-- @p26 auditUserAgent: text
BEGIN TRANSACTION;
INSERT INTO "device_authorization" ("tenantId", "id", "clientId", "deviceCodeHash", "userCodeHash",
    "parameters", "ip", "intervalSeconds", "createdAt", "expiresAt")
  VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9); INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") VALUES (@p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26);
COMMIT TRANSACTION;
