-- oauth.consent.page
-- $1 tenantId: id
-- $2 id: id
-- $3 userId: id
-- $4 clientId: id
-- $5 createdFrom: instant
-- $6 createdTo: instant
-- $7 afterValue: instant
-- $8 afterId: id
-- $9 take: integer
SELECT t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", t."scope", t."resources", t."createdAt", t."updatedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "consent" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
  LEFT JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = $1::uuid
  AND (t."id" = $2::uuid)
  AND (t."userId" = $3::uuid)
  AND (t."clientId" = $4::uuid)
  AND (t."createdAt" >= $5::timestamptz)
  AND (t."createdAt" <= $6::timestamptz)
  AND (t."createdAt", t."id") > ($7::timestamptz, $8::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $9::integer
