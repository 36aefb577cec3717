-- oauth.device.page
-- $1 tenantId: id
-- $2 id: id
-- $3 clientId: id
-- $4 createdFrom: instant
-- $5 createdTo: instant
-- $6 openAt: instant
-- $7 afterValue: instant
-- $8 afterId: id
-- $9 take: integer
SELECT t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName", t."parameters", t."ip",
  t."createdAt", t."expiresAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "device_authorization" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"
WHERE t."tenantId" = $1::uuid
  AND (t."id" = $2::uuid)
  AND (t."clientId" = $3::uuid)
  AND (t."createdAt" >= $4::timestamptz)
  AND (t."createdAt" <= $5::timestamptz)
  AND (t."decidedAt" IS NULL AND t."expiresAt" > $6::timestamptz)
  AND (t."createdAt", t."id") > ($7::timestamptz, $8::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $9::integer
