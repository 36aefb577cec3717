-- clients.secret.page
-- $1 tenantId: id
-- $2 clientId: id
-- $3 search: text
-- $4 revoked: boolean
-- $5 afterValue: instant
-- $6 afterId: id
-- $7 take: integer
SELECT t."id", t."name", t."prefix", t."createdAt", t."expiresAt", t."lastUsedAt", t."revokedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "client_secret" t
WHERE t."tenantId" = $1::uuid
  AND (t."clientId" = $2::uuid)
  AND (lower(t."name") LIKE $3::text ESCAPE '\' OR t."prefix" LIKE $3::text ESCAPE '\')
  AND ((t."revokedAt" IS NOT NULL) = $4::boolean)
  AND (t."createdAt", t."id") > ($5::timestamptz, $6::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $7::integer
