-- users.user-role.page
-- @p0 tenantId: id
-- @p1 holderId: id
-- @p2 afterValue: identifier
-- @p3 afterId: id
-- @p4 take: integer
SELECT r."id", r."name", r."displayName", r."description", r."builtIn", r."createdAt", r."updatedAt",
  t."createdAt" AS "assignedAt", r."name" AS "sortValue", t."roleId" AS "sortId"
FROM "user_role" t JOIN "role" r ON r."tenantId" = t."tenantId" AND r."id" = t."roleId"
WHERE t."tenantId" = @p0
  AND (t."userId" = @p1)
  AND (r."name" > @p2 OR (r."name" = @p2 AND t."roleId" > @p3))
ORDER BY r."name" ASC, t."roleId" ASC
OFFSET 0 ROWS FETCH NEXT @p4 ROWS ONLY
