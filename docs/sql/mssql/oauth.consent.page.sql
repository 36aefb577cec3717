-- oauth.consent.page
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 userId: id
-- @p3 clientId: id
-- @p4 createdFrom: instant
-- @p5 createdTo: instant
-- @p6 afterValue: instant
-- @p7 afterId: id
-- @p8 take: integer
SELECT t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", t."scope", t."resources", t."createdAt", t."updatedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "consent" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
  LEFT JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = @p0
  AND (t."id" = @p1)
  AND (t."userId" = @p2)
  AND (t."clientId" = @p3)
  AND (t."createdAt" >= @p4)
  AND (t."createdAt" <= @p5)
  AND (t."createdAt" > @p6 OR (t."createdAt" = @p6 AND t."id" > @p7))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p8 ROWS ONLY
