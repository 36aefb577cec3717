-- clients.scope.page
-- $1 tenantId: id
-- $2 resourceId: id
-- $3 sensitive: boolean
-- $4 search: text
-- $5 afterValue: identifier
-- $6 afterId: id
-- $7 take: integer
SELECT t."id", t."name", t."displayName", t."description", t."sensitive", t."name" AS "sortValue", t."id" AS "sortId"
FROM "scope" t
WHERE t."tenantId" = $1::uuid
  AND (t."resourceId" = $2::uuid)
  AND (t."sensitive" = $3::boolean)
  AND (lower(t."name") LIKE $4::text ESCAPE '\' OR lower(t."displayName") LIKE $4::text ESCAPE '\')
  AND (t."name", t."id") > ($5::text, $6::uuid)
ORDER BY t."name" ASC, t."id" ASC
LIMIT $7::integer
