-- oauth.backchannel.open
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 clientId: id
-- @p3 userId: id
-- @p4 authReqIdHash: hash
-- @p5 parameters: json
-- @p6 bindingMessage: text
-- @p7 notification: text
-- @p8 intervalSeconds: integer
-- @p9 now: instant
-- @p10 expiresAt: instant
-- @p11 auditTenantId: id
-- @p12 auditId: id
-- @p13 auditOccurredAt: instant
-- @p14 auditEvent: identifier
-- @p15 auditResult: identifier
-- @p16 auditActorType: identifier
-- @p17 auditActorId: identifier
-- @p18 auditActorTenantId: id
-- @p19 auditTargetType: identifier
-- @p20 auditTargetId: identifier
-- @p21 auditClientId: id
-- @p22 auditSessionId: id
-- @p23 auditOccurrences: integer
-- @p24 auditDetail: json
-- @p25 auditRequestId: identifier
-- @p26 auditIp: identifier
-- @p27 auditUserAgent: text
BEGIN TRANSACTION;
INSERT INTO "backchannel_request" ("tenantId", "id", "clientId", "userId", "authReqIdHash",
    "parameters", "bindingMessage", "notification", "intervalSeconds", "createdAt", "expiresAt")
  VALUES (@p0, @p1, @p2, @p3, @p4,
    @p5, @p6, @p7, @p8, @p9, @p10); INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") VALUES (@p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27);
COMMIT TRANSACTION;
