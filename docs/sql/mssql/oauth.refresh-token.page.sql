-- oauth.refresh-token.page
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 userId: id
-- @p3 clientId: id
-- @p4 createdFrom: instant
-- @p5 createdTo: instant
-- @p6 authorizationId: id
-- @p7 latest: boolean
-- @p8 usableAt: instant
-- @p9 afterValue: instant
-- @p10 afterId: id
-- @p11 take: integer
SELECT t."id", t."authorizationId", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", a."sessionId", t."scope", t."createdAt", t."lastUsedAt",
  t."idleExpiresAt", t."absoluteExpiresAt", t."rotatedAt", COALESCE(t."revokedAt", a."revokedAt") AS "revokedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "refresh_token" t
  JOIN "authorization" a ON a."tenantId" = t."tenantId" AND a."id" = t."authorizationId"
  JOIN "client" c ON c."tenantId" = a."tenantId" AND c."id" = a."clientId"
  LEFT JOIN "user" u ON u."tenantId" = a."tenantId" AND u."id" = a."userId"
WHERE t."tenantId" = @p0
  AND (t."id" = @p1)
  AND (a."userId" = @p2)
  AND (a."clientId" = @p3)
  AND (t."createdAt" >= @p4)
  AND (t."createdAt" <= @p5)
  AND (t."authorizationId" = @p6)
  AND (t."rotatedAt" IS NULL AND @p7 IS NOT NULL)
  AND (t."revokedAt" IS NULL AND a."revokedAt" IS NULL AND t."idleExpiresAt" > @p8
      AND t."absoluteExpiresAt" > @p8)
  AND (t."createdAt" > @p9 OR (t."createdAt" = @p9 AND t."id" > @p10))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p11 ROWS ONLY
