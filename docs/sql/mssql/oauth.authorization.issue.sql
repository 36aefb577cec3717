-- oauth.authorization.issue
-- @p0 tenantId: id
-- @p1 authorizationId: id
-- @p2 clientId: id
-- @p3 userId: id
-- @p4 sessionId: id
-- @p5 scope: text
-- @p6 resources: json
-- @p7 authorizationDetails: json
-- @p8 claims: json
-- @p9 authTime: instant
-- @p10 acr: text
-- @p11 amr: json
-- @p12 now: instant
-- @p13 auditTenantId: id
-- @p14 auditId: id
-- @p15 auditOccurredAt: instant
-- @p16 auditEvent: identifier
-- @p17 auditResult: identifier
-- @p18 auditActorType: identifier
-- @p19 auditActorId: identifier
-- @p20 auditActorTenantId: id
-- @p21 auditTargetType: identifier
-- @p22 auditTargetId: identifier
-- @p23 auditClientId: id
-- @p24 auditSessionId: id
-- @p25 auditOccurrences: integer
-- @p26 auditDetail: json
-- @p27 auditRequestId: identifier
-- @p28 auditIp: identifier
-- @p29 auditUserAgent: text
-- @p30 codeId: id
-- @p31 hash: hash
-- @p32 redirectUri: text
-- @p33 codeChallenge: text
-- @p34 nonce: text
-- @p35 dpopJkt: text
-- @p36 expiresAt: instant
BEGIN TRANSACTION;
INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "sessionId",
    "scope", "resources", "authorizationDetails", "claims", "authTime", "acr", "amr", "createdAt") VALUES (@p0, @p1, @p2, @p3, @p4,
    @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12); INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") VALUES (@p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29); INSERT INTO "authorization_code" ("tenantId", "id", "hash", "authorizationId",
    "redirectUri", "codeChallenge", "nonce", "dpopJkt", "createdAt", "expiresAt")
  VALUES (@p0, @p30, @p31, @p1, @p32, @p33, @p34, @p35, @p12, @p36);
COMMIT TRANSACTION;
