-- clients.resource.page
-- $1 tenantId: id
-- $2 search: text
-- $3 tokenFormat: identifier
-- $4 builtIn: boolean
-- $5 afterValue: text
-- $6 afterId: id
-- $7 take: integer
SELECT t."id", t."identifier", t."name", t."tokenFormat", t."algorithm", t."accessTokenSeconds",
  t."includePermissions", t."includeRoles", t."builtIn", t."createdAt", t."updatedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "resource" t
WHERE t."tenantId" = $1::uuid
  AND (lower(t."name") LIKE $2::text ESCAPE '\' OR lower(t."identifier") LIKE $2::text ESCAPE '\')
  AND (t."tokenFormat" = $3::text)
  AND (t."builtIn" = $4::boolean)
  AND (t."name", t."id") > ($5::text, $6::uuid)
ORDER BY t."name" ASC, t."id" ASC
LIMIT $7::integer
