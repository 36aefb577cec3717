-- users.role.clients
-- $1 tenantId: id
-- $2 roleId: id
-- $3 afterValue: instant
-- $4 afterId: id
-- $5 take: integer
SELECT h."id", h."name" AS "name", h."status", t."createdAt" AS "assignedAt", t."createdAt" AS "sortValue", t."clientId" AS "sortId"
FROM "client_role" t JOIN "client" h ON h."tenantId" = t."tenantId" AND h."id" = t."clientId"
WHERE t."tenantId" = $1::uuid
  AND (t."roleId" = $2::uuid)
  AND (t."createdAt", t."clientId") > ($3::timestamptz, $4::uuid)
ORDER BY t."createdAt" ASC, t."clientId" ASC
LIMIT $5::integer
