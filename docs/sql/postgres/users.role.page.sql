-- users.role.page
-- $1 tenantId: id
-- $2 search: text
-- $3 builtIn: boolean
-- $4 afterValue: identifier
-- $5 afterId: id
-- $6 take: integer
SELECT t."id", t."name", t."displayName", t."description", t."builtIn", t."createdAt", t."updatedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "role" t
WHERE t."tenantId" = $1::uuid
  AND (lower(t."name") LIKE $2::text ESCAPE '\' OR lower(t."displayName") LIKE $2::text ESCAPE '\')
  AND (t."builtIn" = $3::boolean)
  AND (t."name", t."id") > ($4::text, $5::uuid)
ORDER BY t."name" ASC, t."id" ASC
LIMIT $6::integer
