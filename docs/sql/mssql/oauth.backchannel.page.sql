-- oauth.backchannel.page
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 userId: id
-- @p3 clientId: id
-- @p4 createdFrom: instant
-- @p5 createdTo: instant
-- @p6 openAt: instant
-- @p7 afterValue: instant
-- @p8 afterId: id
-- @p9 take: integer
SELECT t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", t."parameters", t."bindingMessage", t."createdAt", t."expiresAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "backchannel_request" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
  LEFT JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = @p0
  AND (t."id" = @p1)
  AND (t."userId" = @p2)
  AND (t."clientId" = @p3)
  AND (t."createdAt" >= @p4)
  AND (t."createdAt" <= @p5)
  AND (t."decidedAt" IS NULL AND t."expiresAt" > @p6)
  AND (t."createdAt" > @p7 OR (t."createdAt" = @p7 AND t."id" > @p8))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p9 ROWS ONLY
