-- keys.signing-key.page
-- $1 tenantId: id
-- $2 state: identifier
-- $3 alg: identifier
-- $4 search: text
-- $5 afterValue: instant
-- $6 afterId: id
-- $7 take: integer
SELECT t."id", t."kid", t."alg", t."state", t."publicJwk", t."createdAt", t."activatedAt", t."demotedAt",
  t."retiredAt", t."revokedAt", t."dueAt", t."reason", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "signing_key" t
WHERE t."tenantId" = $1::uuid
  AND (t."state" = $2::text)
  AND (t."alg" = $3::text)
  AND (lower(t."kid") LIKE $4::text ESCAPE '\')
  AND (t."createdAt", t."id") > ($5::timestamptz, $6::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $7::integer
