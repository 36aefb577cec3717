-- oauth.exchange.repeat-rotation
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 usedId: id
-- @p3 rotatedAfter: instant
-- @p4 successorId: id
-- @p5 accessId: id
-- @p6 accessHash: hash
-- @p7 authorizationId: id
-- @p8 clientId: id
-- @p9 userId: id
-- @p10 accessScope: text
-- @p11 accessAudience: json
-- @p12 accessClaims: json
-- @p13 accessExpiresAt: instant
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
UPDATE refresh_token SET "graceUsedAt" = @p0
      WHERE "tenantId" = @p1 AND id = @p2 AND "revokedAt" IS NULL AND "graceUsedAt" IS NULL AND "rotatedAt" > @p3 AND NOT EXISTS (
        SELECT 1 FROM refresh_token n
        WHERE n."tenantId" = @p1 AND n.id = @p4 AND n."rotatedAt" IS NOT NULL);
      DECLARE @spent int = @@ROWCOUNT;

      INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT @p1, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p0, @p13 WHERE @spent = 1 AND @p5 IS NOT NULL;
      INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30 WHERE @spent = 1;
      SELECT 1 AS spent WHERE @spent = 1;
COMMIT TRANSACTION;
