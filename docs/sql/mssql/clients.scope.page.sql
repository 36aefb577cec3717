-- clients.scope.page
-- @p0 tenantId: id
-- @p1 resourceId: id
-- @p2 sensitive: boolean
-- @p3 search: text
-- @p4 afterValue: identifier
-- @p5 afterId: id
-- @p6 take: integer
SELECT t."id", t."name", t."displayName", t."description", t."sensitive", t."name" AS "sortValue", t."id" AS "sortId"
FROM "scope" t
WHERE t."tenantId" = @p0
  AND (t."resourceId" = @p1)
  AND (t."sensitive" = @p2)
  AND (lower(t."name") LIKE @p3 ESCAPE '\' OR lower(t."displayName") LIKE @p3 ESCAPE '\')
  AND (t."name" > @p4 OR (t."name" = @p4 AND t."id" > @p5))
ORDER BY t."name" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY
