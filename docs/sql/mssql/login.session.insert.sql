-- login.session.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 hash: hash
-- @p3 userId: id
-- @p4 authTime: instant
-- @p5 acr: identifier
-- @p6 amr: json
-- @p7 ip: text
-- @p8 userAgent: text
-- @p9 createdAt: instant
-- @p10 lastSeenAt: instant
-- @p11 idleExpiresAt: instant
-- @p12 absoluteExpiresAt: instant
INSERT INTO "session" ("tenantId", "id", "hash", "userId", "authTime", "acr", "amr", "ip", "userAgent", "createdAt", "lastSeenAt", "idleExpiresAt", "absoluteExpiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
