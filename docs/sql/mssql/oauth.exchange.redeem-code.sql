-- oauth.exchange.redeem-code
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 codeId: id
-- @p3 refreshId: id
-- @p4 refreshHash: hash
-- @p5 authorizationId: id
-- @p6 refreshParentId: id
-- @p7 refreshScope: text
-- @p8 refreshConfirmation: json
-- @p9 refreshIdleExpiresAt: instant
-- @p10 refreshAbsoluteExpiresAt: instant
-- @p11 accessId: id
-- @p12 accessHash: hash
-- @p13 clientId: id
-- @p14 userId: id
-- @p15 accessScope: text
-- @p16 accessAudience: json
-- @p17 accessClaims: json
-- @p18 accessExpiresAt: instant
-- @p19 auditTenantId: id
-- @p20 auditId: id
-- @p21 auditOccurredAt: instant
-- @p22 auditEvent: identifier
-- @p23 auditResult: identifier
-- @p24 auditActorType: identifier
-- @p25 auditActorId: identifier
-- @p26 auditActorTenantId: id
-- @p27 auditTargetType: identifier
-- @p28 auditTargetId: identifier
-- @p29 auditClientId: id
-- @p30 auditSessionId: id
-- @p31 auditOccurrences: integer
-- @p32 auditDetail: json
-- @p33 auditRequestId: identifier
-- @p34 auditIp: identifier
-- @p35 auditUserAgent: text
BEGIN TRANSACTION;
UPDATE authorization_code SET "redeemedAt" = @p0
      WHERE "tenantId" = @p1 AND id = @p2 AND "redeemedAt" IS NULL AND "expiresAt" > @p0;
      DECLARE @spent int = @@ROWCOUNT;
      INSERT INTO refresh_token ("tenantId", id, hash, "authorizationId", "parentId", scope, confirmation, "createdAt", "idleExpiresAt", "absoluteExpiresAt") SELECT @p1, @p3, @p4, @p5, @p6, @p7, @p8, @p0, @p9, @p10 WHERE @spent = 1 AND @p3 IS NOT NULL;
      INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT @p1, @p11, @p12, @p5, @p13, @p14, @p15, @p16, @p17, @p0, @p18 WHERE @spent = 1 AND @p11 IS NOT NULL;
      INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35 WHERE @spent = 1;
      SELECT 1 AS spent WHERE @spent = 1;
COMMIT TRANSACTION;
