-- oauth.refresh-token.page
-- $1 tenantId: id
-- $2 id: id
-- $3 userId: id
-- $4 clientId: id
-- $5 createdFrom: instant
-- $6 createdTo: instant
-- $7 authorizationId: id
-- $8 latest: boolean
-- $9 usableAt: instant
-- $10 afterValue: instant
-- $11 afterId: id
-- $12 take: integer
SELECT t."id", t."authorizationId", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username", a."sessionId", t."scope", t."createdAt", t."lastUsedAt",
  t."idleExpiresAt", t."absoluteExpiresAt", t."rotatedAt", COALESCE(t."revokedAt", a."revokedAt") AS "revokedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "refresh_token" t
  JOIN "authorization" a ON a."tenantId" = t."tenantId" AND a."id" = t."authorizationId"
  JOIN "client" c ON c."tenantId" = a."tenantId" AND c."id" = a."clientId"
  LEFT JOIN "user" u ON u."tenantId" = a."tenantId" AND u."id" = a."userId"
WHERE t."tenantId" = $1::uuid
  AND (t."id" = $2::uuid)
  AND (a."userId" = $3::uuid)
  AND (a."clientId" = $4::uuid)
  AND (t."createdAt" >= $5::timestamptz)
  AND (t."createdAt" <= $6::timestamptz)
  AND (t."authorizationId" = $7::uuid)
  AND (t."rotatedAt" IS NULL AND $8::boolean IS NOT NULL)
  AND (t."revokedAt" IS NULL AND a."revokedAt" IS NULL AND t."idleExpiresAt" > $9::timestamptz
      AND t."absoluteExpiresAt" > $9::timestamptz)
  AND (t."createdAt", t."id") > ($10::timestamptz, $11::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $12::integer
