-- clients.trusted-issuer.page
-- $1 tenantId: id
-- $2 search: text
-- $3 enabled: boolean
-- $4 subject: identifier
-- $5 afterValue: identifier
-- $6 afterId: id
-- $7 take: integer
SELECT t."tenantId", t."id", t."issuer", t."jwks", t."jwksUri", t."algorithms", t."subject", t."scopes",
  t."audiences", t."enabled", t."createdAt", t."updatedAt", t."issuer" AS "sortValue", t."id" AS "sortId"
FROM "trusted_issuer" t
WHERE t."tenantId" = $1::uuid
  AND (lower(t."issuer") LIKE $2::text ESCAPE '\')
  AND (t."enabled" = $3::boolean)
  AND (t."subject" = $4::text)
  AND (t."issuer", t."id") > ($5::text, $6::uuid)
ORDER BY t."issuer" ASC, t."id" ASC
LIMIT $7::integer
