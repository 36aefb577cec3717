-- login.session.renew
-- @p0 hash: hash
-- @p1 authTime: instant
-- @p2 acr: identifier
-- @p3 amr: json
-- @p4 ip: text
-- @p5 userAgent: text
-- @p6 lastSeenAt: instant
-- @p7 idleExpiresAt: instant
-- @p8 absoluteExpiresAt: instant
-- @p9 tenantId: id
-- @p10 id: id
-- @p11 oldHash: hash
UPDATE "session" SET "hash" = @p0, "authTime" = @p1, "acr" = @p2, "amr" = @p3, "ip" = @p4, "userAgent" = @p5, "lastSeenAt" = @p6, "idleExpiresAt" = @p7, "absoluteExpiresAt" = @p8
WHERE "tenantId" = @p9 AND "id" = @p10 AND "hash" = @p11 AND "endedAt" IS NULL
