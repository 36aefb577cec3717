-- oauth.access-token.page
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 userId: id
-- @p3 clientId: id
-- @p4 createdFrom: instant
-- @p5 createdTo: instant
-- @p6 authorizationId: id
-- @p7 usableAt: instant
-- @p8 afterValue: instant
-- @p9 afterId: id
-- @p10 take: integer
SELECT t."id", t."authorizationId", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", t."scope", t."audience", t."createdAt", t."expiresAt",
  COALESCE(t."revokedAt", a."revokedAt") AS "revokedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "access_token" t
  LEFT JOIN "authorization" a ON a."tenantId" = t."tenantId" AND a."id" = t."authorizationId"
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
  LEFT JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = @p0
  AND (t."id" = @p1)
  AND (t."userId" = @p2)
  AND (t."clientId" = @p3)
  AND (t."createdAt" >= @p4)
  AND (t."createdAt" <= @p5)
  AND (t."authorizationId" = @p6)
  AND (t."revokedAt" IS NULL AND a."revokedAt" IS NULL AND t."expiresAt" > @p7)
  AND (t."createdAt" > @p8 OR (t."createdAt" = @p8 AND t."id" > @p9))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p10 ROWS ONLY
