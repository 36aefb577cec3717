-- oauth.access-token.page
-- $1 tenantId: id
-- $2 id: id
-- $3 userId: id
-- $4 clientId: id
-- $5 createdFrom: instant
-- $6 createdTo: instant
-- $7 authorizationId: id
-- $8 usableAt: instant
-- $9 afterValue: instant
-- $10 afterId: id
-- $11 take: integer
SELECT t."id", t."authorizationId", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", t."scope", t."audience", t."createdAt", t."expiresAt",
  COALESCE(t."revokedAt", a."revokedAt") AS "revokedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "access_token" t
  LEFT JOIN "authorization" a ON a."tenantId" = t."tenantId" AND a."id" = t."authorizationId"
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
  LEFT JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = $1::uuid
  AND (t."id" = $2::uuid)
  AND (t."userId" = $3::uuid)
  AND (t."clientId" = $4::uuid)
  AND (t."createdAt" >= $5::timestamptz)
  AND (t."createdAt" <= $6::timestamptz)
  AND (t."authorizationId" = $7::uuid)
  AND (t."revokedAt" IS NULL AND a."revokedAt" IS NULL AND t."expiresAt" > $8::timestamptz)
  AND (t."createdAt", t."id") > ($9::timestamptz, $10::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $11::integer
