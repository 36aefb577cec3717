-- oauth.grant-assertion.redeem
-- @p0 tenantId: id
-- @p1 replayKey: hash
-- @p2 replayExpiresAt: instant
-- @p3 authorizationId: id
-- @p4 clientId: id
-- @p5 userId: id
-- @p6 scope: text
-- @p7 resources: json
-- @p8 now: instant
-- @p9 accessId: id
-- @p10 accessHash: hash
-- @p11 accessScope: text
-- @p12 accessAudience: json
-- @p13 accessClaims: json
-- @p14 accessExpiresAt: instant
-- @p15 auditTenantId: id
-- @p16 auditId: id
-- @p17 auditOccurredAt: instant
-- @p18 auditEvent: identifier
-- @p19 auditResult: identifier
-- @p20 auditActorType: identifier
-- @p21 auditActorId: identifier
-- @p22 auditActorTenantId: id
-- @p23 auditTargetType: identifier
-- @p24 auditTargetId: identifier
-- @p25 auditClientId: id
-- @p26 auditSessionId: id
-- @p27 auditOccurrences: integer
-- @p28 auditDetail: json
-- @p29 auditRequestId: identifier
-- @p30 auditIp: identifier
-- @p31 auditUserAgent: text
BEGIN TRANSACTION;
INSERT INTO replay ("tenantId", "key", "expiresAt") SELECT @p0, @p1, @p2
    WHERE NOT EXISTS (
      SELECT 1 FROM replay WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = @p0 AND "key" = @p1);
    DECLARE @spent int = @@ROWCOUNT;
    INSERT INTO "authorization" ("tenantId", "id", "clientId", "userId", "scope", "resources", "createdAt") SELECT @p0, @p3, @p4, @p5, @p6, @p7, @p8 WHERE @spent = 1 AND @p3 IS NOT NULL;
    INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt") SELECT @p0, @p9, @p10, @p3, @p4, @p5, @p11, @p12, @p13, @p8, @p14 WHERE @spent = 1 AND @p9 IS NOT NULL;
    INSERT INTO audit_event ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId", "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent") SELECT @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31 WHERE @spent = 1;
    SELECT 1 AS spent WHERE @spent = 1;
COMMIT TRANSACTION;
