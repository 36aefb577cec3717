-- clients.resource.page
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 tokenFormat: identifier
-- @p3 builtIn: boolean
-- @p4 afterValue: text
-- @p5 afterId: id
-- @p6 take: integer
SELECT t."id", t."identifier", t."name", t."tokenFormat", t."algorithm", t."accessTokenSeconds",
  t."includePermissions", t."includeRoles", t."builtIn", t."createdAt", t."updatedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "resource" t
WHERE t."tenantId" = @p0
  AND (lower(t."name") LIKE @p1 ESCAPE '\' OR lower(t."identifier") LIKE @p1 ESCAPE '\')
  AND (t."tokenFormat" = @p2)
  AND (t."builtIn" = @p3)
  AND (t."name" > @p4 OR (t."name" = @p4 AND t."id" > @p5))
ORDER BY t."name" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY
