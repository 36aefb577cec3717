-- users.user-role.page
-- $1 tenantId: id
-- $2 holderId: id
-- $3 afterValue: identifier
-- $4 afterId: id
-- $5 take: integer
SELECT r."id", r."name", r."displayName", r."description", r."builtIn", r."createdAt", r."updatedAt",
  t."createdAt" AS "assignedAt", r."name" AS "sortValue", t."roleId" AS "sortId"
FROM "user_role" t JOIN "role" r ON r."tenantId" = t."tenantId" AND r."id" = t."roleId"
WHERE t."tenantId" = $1::uuid
  AND (t."userId" = $2::uuid)
  AND (r."name", t."roleId") > ($3::text, $4::uuid)
ORDER BY r."name" ASC, t."roleId" ASC
LIMIT $5::integer
