-- users.role.users
-- @p0 tenantId: id
-- @p1 roleId: id
-- @p2 afterValue: instant
-- @p3 afterId: id
-- @p4 take: integer
SELECT h."id", h."username" AS "name", h."status", t."createdAt" AS "assignedAt", t."createdAt" AS "sortValue", t."userId" AS "sortId"
FROM "user_role" t JOIN "user" h ON h."tenantId" = t."tenantId" AND h."id" = t."userId"
WHERE t."tenantId" = @p0
  AND (t."roleId" = @p1)
  AND (t."createdAt" > @p2 OR (t."createdAt" = @p2 AND t."userId" > @p3))
ORDER BY t."createdAt" ASC, t."userId" ASC
OFFSET 0 ROWS FETCH NEXT @p4 ROWS ONLY
