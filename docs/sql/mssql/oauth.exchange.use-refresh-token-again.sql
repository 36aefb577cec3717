-- oauth.exchange.use-refresh-token-again
-- @p0 tenantId: id
-- @p1 usedId: id
-- @p2 now: instant
-- @p3 accessId: id
-- @p4 accessHash: hash
-- @p5 authorizationId: id
-- @p6 clientId: id
-- @p7 userId: id
-- @p8 accessScope: text
-- @p9 accessAudience: json
-- @p10 accessClaims: json
-- @p11 accessExpiresAt: instant
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
BEGIN TRANSACTION;
DECLARE @spent int = (SELECT COUNT(*) FROM refresh_token WHERE "tenantId" = @p0 AND id = @p1 AND "revokedAt" IS NULL AND "rotatedAt" IS NULL AND "idleExpiresAt" > @p2);

      INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT @p0, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p2, @p11 WHERE @spent = 1 AND @p3 IS NOT NULL;
      INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28 WHERE @spent = 1;
      SELECT 1 AS spent WHERE @spent = 1;
COMMIT TRANSACTION;
