-- oauth.authorization.page
-- $1 tenantId: id
-- $2 id: id
-- $3 userId: id
-- $4 clientId: id
-- $5 createdFrom: instant
-- $6 createdTo: instant
-- $7 sessionId: id
-- $8 standing: boolean
-- $9 revoked: boolean
-- $10 afterValue: instant
-- $11 afterId: id
-- $12 take: integer
SELECT t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", t."sessionId", t."scope", t."resources", t."authorizationDetails", t."authTime", t."acr",
  t."amr", t."createdAt", t."revokedAt", t."revokeReason", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "authorization" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
  LEFT JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = $1::uuid
  AND (t."id" = $2::uuid)
  AND (t."userId" = $3::uuid)
  AND (t."clientId" = $4::uuid)
  AND (t."createdAt" >= $5::timestamptz)
  AND (t."createdAt" <= $6::timestamptz)
  AND (t."sessionId" = $7::uuid)
  AND (t."revokedAt" IS NULL AND $8::boolean IS NOT NULL)
  AND (t."revokedAt" IS NOT NULL AND $9::boolean IS NOT NULL)
  AND (t."createdAt", t."id") > ($10::timestamptz, $11::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $12::integer
