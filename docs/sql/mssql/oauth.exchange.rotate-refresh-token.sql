-- oauth.exchange.rotate-refresh-token
-- @p0 now: instant
-- @p1 refreshId: id
-- @p2 tenantId: id
-- @p3 usedId: id
-- @p4 refreshHash: hash
-- @p5 authorizationId: id
-- @p6 refreshParentId: id
-- @p7 refreshScope: text
-- @p8 refreshIdleExpiresAt: instant
-- @p9 refreshAbsoluteExpiresAt: instant
-- @p10 accessId: id
-- @p11 accessHash: hash
-- @p12 clientId: id
-- @p13 userId: id
-- @p14 accessScope: text
-- @p15 accessAudience: json
-- @p16 accessClaims: json
-- @p17 accessExpiresAt: instant
-- @p18 auditTenantId: id
-- @p19 auditId: id
-- @p20 auditOccurredAt: instant
-- @p21 auditEvent: identifier
-- @p22 auditResult: identifier
-- @p23 auditActorType: identifier
-- @p24 auditActorId: identifier
-- @p25 auditActorTenantId: id
-- @p26 auditTargetType: identifier
-- @p27 auditTargetId: identifier
-- @p28 auditClientId: id
-- @p29 auditSessionId: id
-- @p30 auditOccurrences: integer
-- @p31 auditDetail: json
-- @p32 auditRequestId: identifier
-- @p33 auditIp: identifier
-- @p34 auditUserAgent: text
BEGIN TRANSACTION;
UPDATE refresh_token SET "lastUsedAt" = @p0, "rotatedAt" = @p0, "successorId" = @p1
      WHERE "tenantId" = @p2 AND id = @p3 AND "revokedAt" IS NULL AND "rotatedAt" IS NULL AND "idleExpiresAt" > @p0;
      DECLARE @spent int = @@ROWCOUNT;
      INSERT INTO refresh_token ("tenantId", id, hash, "authorizationId", "parentId", scope, "createdAt", "idleExpiresAt", "absoluteExpiresAt") SELECT @p2, @p1, @p4, @p5, @p6, @p7, @p0, @p8, @p9 WHERE @spent = 1 AND @p1 IS NOT NULL;
      INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT @p2, @p10, @p11, @p5, @p12, @p13, @p14, @p15, @p16, @p0, @p17 WHERE @spent = 1 AND @p10 IS NOT NULL;
      INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34 WHERE @spent = 1;
      SELECT 1 AS spent WHERE @spent = 1;
COMMIT TRANSACTION;
