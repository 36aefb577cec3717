-- oauth.authorization.page
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 userId: id
-- @p3 clientId: id
-- @p4 createdFrom: instant
-- @p5 createdTo: instant
-- @p6 sessionId: id
-- @p7 standing: boolean
-- @p8 revoked: boolean
-- @p9 afterValue: instant
-- @p10 afterId: id
-- @p11 take: integer
SELECT t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", t."sessionId", t."scope", t."resources", t."authorizationDetails", t."authTime", t."acr",
  t."amr", t."createdAt", t."revokedAt", t."revokeReason", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "authorization" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
  LEFT JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = @p0
  AND (t."id" = @p1)
  AND (t."userId" = @p2)
  AND (t."clientId" = @p3)
  AND (t."createdAt" >= @p4)
  AND (t."createdAt" <= @p5)
  AND (t."sessionId" = @p6)
  AND (t."revokedAt" IS NULL AND @p7 IS NOT NULL)
  AND (t."revokedAt" IS NOT NULL AND @p8 IS NOT NULL)
  AND (t."createdAt" > @p9 OR (t."createdAt" = @p9 AND t."id" > @p10))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p11 ROWS ONLY
