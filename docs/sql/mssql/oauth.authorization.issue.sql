-- oauth.authorization.issue
-- @p0 tenantId: id
-- @p1 authorizationId: id
-- @p2 clientId: id
-- @p3 userId: id
-- @p4 sessionId: id
-- @p5 scope: text
-- @p6 resources: json
-- @p7 claims: json
-- @p8 authTime: instant
-- @p9 acr: text
-- @p10 amr: json
-- @p11 now: instant
-- @p12 auditTenantId: id
-- @p13 auditId: id
-- @p14 auditOccurredAt: instant
-- @p15 auditEvent: identifier
-- @p16 auditResult: identifier
-- @p17 auditActorType: identifier
-- @p18 auditActorId: identifier
-- @p19 auditActorTenantId: id
-- @p20 auditTargetType: identifier
-- @p21 auditTargetId: identifier
-- @p22 auditClientId: id
-- @p23 auditSessionId: id
-- @p24 auditOccurrences: integer
-- @p25 auditDetail: json
-- @p26 auditRequestId: identifier
-- @p27 auditIp: identifier
-- @p28 auditUserAgent: text
-- @p29 codeId: id
-- @p30 hash: hash
-- @p31 redirectUri: text
-- @p32 codeChallenge: text
-- @p33 nonce: text
-- @p34 expiresAt: instant
BEGIN TRANSACTION;
INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "sessionId",
    "scope", "resources", "claims", "authTime", "acr", "amr", "createdAt")
  VALUES (@p0, @p1, @p2, @p3, @p4,
    @p5, @p6, @p7, @p8, @p9, @p10, @p11); INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") VALUES (@p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28); INSERT INTO "authorization_code" ("tenantId", "id", "hash", "authorizationId",
    "redirectUri", "codeChallenge", "nonce", "createdAt", "expiresAt")
  VALUES (@p0, @p29, @p30, @p1, @p31, @p32, @p33, @p11, @p34);
COMMIT TRANSACTION;
