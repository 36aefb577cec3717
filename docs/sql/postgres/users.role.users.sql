-- users.role.users
-- $1 tenantId: id
-- $2 roleId: id
-- $3 afterValue: instant
-- $4 afterId: id
-- $5 take: integer
SELECT h."id", h."username" AS "name", h."status", t."createdAt" AS "assignedAt", t."createdAt" AS "sortValue", t."userId" AS "sortId"
FROM "user_role" t JOIN "user" h ON h."tenantId" = t."tenantId" AND h."id" = t."userId"
WHERE t."tenantId" = $1::uuid
  AND (t."roleId" = $2::uuid)
  AND (t."createdAt", t."userId") > ($3::timestamptz, $4::uuid)
ORDER BY t."createdAt" ASC, t."userId" ASC
LIMIT $5::integer
