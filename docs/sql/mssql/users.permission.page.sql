-- users.permission.page
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 resourceId: id
-- @p3 roleId: id
-- @p4 builtIn: boolean
-- @p5 afterValue: identifier
-- @p6 afterId: id
-- @p7 take: integer
SELECT t."id", t."resourceId", t."key", t."description", t."builtIn", t."createdAt", t."key" AS "sortValue", t."id" AS "sortId"
FROM "permission" t
WHERE t."tenantId" = @p0
  AND (lower(t."key") LIKE @p1 ESCAPE '\' OR lower(t."description") LIKE @p1 ESCAPE '\')
  AND (t."resourceId" = @p2)
  AND (EXISTS (SELECT 1 FROM "role_permission" rp
      WHERE rp."tenantId" = @p0 AND rp."permissionId" = t."id" AND rp."roleId" = @p3))
  AND (t."builtIn" = @p4)
  AND (t."key" > @p5 OR (t."key" = @p5 AND t."id" > @p6))
ORDER BY t."key" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY
