-- clients.assignment.page
-- @p0 tenantId: id
-- @p1 clientId: id
-- @p2 search: text
-- @p3 afterValue: identifier
-- @p4 afterId: id
-- @p5 take: integer
SELECT t."resourceId", t."userScopes", t."clientScopes", r."identifier", r."name", r."identifier" AS "sortValue", t."id" AS "sortId"
FROM "client_resource" t
JOIN "resource" r ON r."tenantId" = t."tenantId" AND r."id" = t."resourceId"
WHERE t."tenantId" = @p0
  AND (t."clientId" = @p1)
  AND (lower(r."name") LIKE @p2 ESCAPE '\' OR lower(r."identifier") LIKE @p2 ESCAPE '\')
  AND (r."identifier" > @p3 OR (r."identifier" = @p3 AND t."id" > @p4))
ORDER BY r."identifier" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p5 ROWS ONLY
