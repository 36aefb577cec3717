-- oauth.device.page
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 clientId: id
-- @p3 createdFrom: instant
-- @p4 createdTo: instant
-- @p5 openAt: instant
-- @p6 afterValue: instant
-- @p7 afterId: id
-- @p8 take: integer
SELECT t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName", t."parameters", t."ip",
  t."createdAt", t."expiresAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "device_authorization" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
WHERE t."tenantId" = @p0
  AND (t."id" = @p1)
  AND (t."clientId" = @p2)
  AND (t."createdAt" >= @p3)
  AND (t."createdAt" <= @p4)
  AND (t."decidedAt" IS NULL AND t."expiresAt" > @p5)
  AND (t."createdAt" > @p6 OR (t."createdAt" = @p6 AND t."id" > @p7))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p8 ROWS ONLY
