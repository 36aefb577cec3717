-- tenancy.tenant.page
-- $1 search: text
-- $2 status: identifier
-- $3 kind: identifier
-- $4 sandbox: boolean
-- $5 afterValue: identifier
-- $6 afterId: id
-- $7 take: integer
SELECT t."id", t."slug", t."name", t."displayName", t."status", t."kind", t."sandbox", t."createdAt", t."updatedAt",
  t."removalAt", d."domain", t."slug" AS "sortValue", t."id" AS "sortId"
FROM "tenant" t LEFT JOIN "tenant_domain" d ON d."tenantId" = t."id" AND d."verifiedAt" IS NOT NULL
WHERE 1 = 1
  AND (lower(t."name") LIKE $1::text ESCAPE '\' OR lower(t."displayName") LIKE $1::text ESCAPE '\'
    OR t."slug" LIKE $1::text ESCAPE '\' OR d."domain" LIKE $1::text ESCAPE '\' OR t."id"::text LIKE $1::text ESCAPE '\')
  AND (t."status" = $2::text)
  AND (t."kind" = $3::text)
  AND (t."sandbox" = $4::boolean)
  AND (t."slug", t."id") > ($5::text, $6::uuid)
ORDER BY t."slug" ASC, t."id" ASC
LIMIT $7::integer
