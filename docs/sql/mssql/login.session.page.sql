-- login.session.page
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 userId: id
-- @p3 clientId: id
-- @p4 ip: text
-- @p5 createdFrom: instant
-- @p6 createdTo: instant
-- @p7 liveAt: instant
-- @p8 overAt: instant
-- @p9 afterValue: instant
-- @p10 afterId: id
-- @p11 take: integer
SELECT t."id", t."userId", u."username", t."authTime", t."acr", t."amr", t."ip", t."userAgent", t."createdAt",
  t."lastSeenAt", t."idleExpiresAt", t."absoluteExpiresAt", t."endedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "session" t JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = @p0
  AND (t."id" = @p1)
  AND (t."userId" = @p2)
  AND (EXISTS (SELECT 1 FROM "session_client" j
      WHERE j."tenantId" = @p0 AND j."sessionId" = t."id" AND j."clientId" = @p3))
  AND (t."ip" = @p4)
  AND (t."createdAt" >= @p5)
  AND (t."createdAt" <= @p6)
  AND (t."endedAt" IS NULL AND t."idleExpiresAt" > @p7 AND t."absoluteExpiresAt" > @p7)
  AND (t."endedAt" IS NOT NULL OR t."idleExpiresAt" <= @p8 OR t."absoluteExpiresAt" <= @p8)
  AND (t."createdAt" > @p9 OR (t."createdAt" = @p9 AND t."id" > @p10))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p11 ROWS ONLY
