-- oauth.decision.deny.device_authorization
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
-- @p3 auditTenantId: id
-- @p4 auditId: id
-- @p5 auditOccurredAt: instant
-- @p6 auditEvent: identifier
-- @p7 auditResult: identifier
-- @p8 auditActorType: identifier
-- @p9 auditActorId: identifier
-- @p10 auditActorTenantId: id
-- @p11 auditTargetType: identifier
-- @p12 auditTargetId: identifier
-- @p13 auditClientId: id
-- @p14 auditSessionId: id
-- @p15 auditOccurrences: integer
-- @p16 auditDetail: json
-- @p17 auditRequestId: identifier
-- @p18 auditIp: identifier
-- @p19 auditUserAgent: text
BEGIN TRANSACTION;
UPDATE "device_authorization" SET "decidedAt" = @p0, "authorizationId" = NULL
    WHERE "tenantId" = @p1 AND "id" = @p2 AND "decidedAt" IS NULL AND "expiresAt" > @p0;
      DECLARE @decided int = @@ROWCOUNT;
      INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19 WHERE @decided = 1;
      SELECT 1 AS "decided" WHERE @decided = 1;
COMMIT TRANSACTION;
