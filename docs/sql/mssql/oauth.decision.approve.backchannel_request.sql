-- oauth.decision.approve.backchannel_request
-- @p0 now: instant
-- @p1 authorizationId: id
-- @p2 tenantId: id
-- @p3 id: id
-- @p4 clientId: id
-- @p5 userId: id
-- @p6 sessionId: id
-- @p7 scope: text
-- @p8 resources: json
-- @p9 authorizationDetails: json
-- @p10 claims: json
-- @p11 authTime: instant
-- @p12 acr: text
-- @p13 amr: json
-- @p14 auditTenantId: id
-- @p15 auditId: id
-- @p16 auditOccurredAt: instant
-- @p17 auditEvent: identifier
-- @p18 auditResult: identifier
-- @p19 auditActorType: identifier
-- @p20 auditActorId: identifier
-- @p21 auditActorTenantId: id
-- @p22 auditTargetType: identifier
-- @p23 auditTargetId: identifier
-- @p24 auditClientId: id
-- @p25 auditSessionId: id
-- @p26 auditOccurrences: integer
-- @p27 auditDetail: json
-- @p28 auditRequestId: identifier
-- @p29 auditIp: identifier
-- @p30 auditUserAgent: text
BEGIN TRANSACTION;
UPDATE "backchannel_request" SET "decidedAt" = @p0, "authorizationId" = @p1
    WHERE "tenantId" = @p2 AND "id" = @p3 AND "decidedAt" IS NULL AND "expiresAt" > @p0;
      DECLARE @decided int = @@ROWCOUNT;
      INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "sessionId",
    "scope", "resources", "authorizationDetails", "claims", "authTime", "acr", "amr", "createdAt") SELECT @p2, @p1, @p4, @p5, @p6,
    @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p0 WHERE @decided = 1;
      INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30 WHERE @decided = 1;
      SELECT 1 AS "decided" WHERE @decided = 1;
COMMIT TRANSACTION;
