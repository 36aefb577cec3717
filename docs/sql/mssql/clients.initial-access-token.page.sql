-- clients.initial-access-token.page
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 expiresFrom: instant
-- @p3 expiresTo: instant
-- @p4 afterValue: instant
-- @p5 afterId: id
-- @p6 take: integer
SELECT t."id", t."name", t."usesLeft", t."policy", t."createdAt", t."expiresAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "initial_access_token" t
WHERE t."tenantId" = @p0
  AND (lower(t."name") LIKE @p1 ESCAPE '\')
  AND (t."expiresAt" >= @p2)
  AND (t."expiresAt" <= @p3)
  AND (t."createdAt" > @p4 OR (t."createdAt" = @p4 AND t."id" > @p5))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY
