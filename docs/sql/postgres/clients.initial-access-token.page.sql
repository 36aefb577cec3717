-- clients.initial-access-token.page
-- $1 tenantId: id
-- $2 search: text
-- $3 expiresFrom: instant
-- $4 expiresTo: instant
-- $5 afterValue: instant
-- $6 afterId: id
-- $7 take: integer
SELECT t."id", t."name", t."usesLeft", t."policy", t."createdAt", t."expiresAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "initial_access_token" t
WHERE t."tenantId" = $1::uuid
  AND (lower(t."name") LIKE $2::text ESCAPE '\')
  AND (t."expiresAt" >= $3::timestamptz)
  AND (t."expiresAt" <= $4::timestamptz)
  AND (t."createdAt", t."id") > ($5::timestamptz, $6::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $7::integer
