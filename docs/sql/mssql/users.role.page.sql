-- users.role.page
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 builtIn: boolean
-- @p3 afterValue: identifier
-- @p4 afterId: id
-- @p5 take: integer
SELECT t."id", t."name", t."displayName", t."description", t."builtIn", t."createdAt", t."updatedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "role" t
WHERE t."tenantId" = @p0
  AND (lower(t."name") LIKE @p1 ESCAPE '\' OR lower(t."displayName") LIKE @p1 ESCAPE '\')
  AND (t."builtIn" = @p2)
  AND (t."name" > @p3 OR (t."name" = @p3 AND t."id" > @p4))
ORDER BY t."name" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p5 ROWS ONLY
