-- oauth.exchange.use-refresh-token
-- @p0 now: instant
-- @p1 idleExpiresAt: instant
-- @p2 tenantId: id
-- @p3 usedId: id
-- @p4 accessId: id
-- @p5 accessHash: hash
-- @p6 authorizationId: id
-- @p7 clientId: id
-- @p8 userId: id
-- @p9 accessScope: text
-- @p10 accessAudience: json
-- @p11 accessClaims: json
-- @p12 accessExpiresAt: instant
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
BEGIN TRANSACTION;
UPDATE refresh_token SET "lastUsedAt" = @p0, "idleExpiresAt" = @p1 WHERE "tenantId" = @p2 AND id = @p3 AND "revokedAt" IS NULL AND "rotatedAt" IS NULL AND "idleExpiresAt" > @p0;
      DECLARE @spent int = @@ROWCOUNT;

      INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT @p2, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p0, @p12 WHERE @spent = 1 AND @p4 IS NOT NULL;
      INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29 WHERE @spent = 1;
      SELECT 1 AS spent WHERE @spent = 1;
COMMIT TRANSACTION;
