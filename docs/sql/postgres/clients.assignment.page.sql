-- clients.assignment.page
-- $1 tenantId: id
-- $2 clientId: id
-- $3 search: text
-- $4 afterValue: identifier
-- $5 afterId: id
-- $6 take: integer
SELECT t."resourceId", t."userScopes", t."clientScopes", r."identifier", r."name", r."identifier" AS "sortValue", t."id" AS "sortId"
FROM "client_resource" t
JOIN "resource" r ON r."tenantId" = t."tenantId" AND r."id" = t."resourceId"
WHERE t."tenantId" = $1::uuid
  AND (t."clientId" = $2::uuid)
  AND (lower(r."name") LIKE $3::text ESCAPE '\' OR lower(r."identifier") LIKE $3::text ESCAPE '\')
  AND (r."identifier", t."id") > ($4::text, $5::uuid)
ORDER BY r."identifier" ASC, t."id" ASC
LIMIT $6::integer
