-- clients.client.page
-- $1 tenantId: id
-- $2 search: text
-- $3 type: identifier
-- $4 status: identifier
-- $5 origin: identifier
-- $6 securityProfile: identifier
-- $7 authMethod: identifier
-- $8 unusedSince: instant
-- $9 secretExpiresBefore: instant
-- $10 createdFrom: instant
-- $11 createdTo: instant
-- $12 afterValue: text
-- $13 afterId: id
-- $14 take: integer
SELECT t."tenantId", t."id", t."clientId", t."type", t."name", t."status", t."origin", t."securityProfile",
  t."metadata", t."createdAt", t."updatedAt", t."lastUsedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "client" t
WHERE t."tenantId" = $1::uuid
  AND (lower(t."name") LIKE $2::text ESCAPE '\' OR lower(t."clientId") LIKE $2::text ESCAPE '\')
  AND (t."type" = $3::text)
  AND (t."status" = $4::text)
  AND (t."origin" = $5::text)
  AND (t."securityProfile" = $6::text)
  AND (t."metadata"->>'token_endpoint_auth_method' = $7::text)
  AND ($8::timestamptz > COALESCE(t."lastUsedAt", t."createdAt"))
  AND (EXISTS (SELECT 1 FROM "client_secret" s WHERE s."tenantId" = t."tenantId" AND s."clientId" = t."id"
    AND s."revokedAt" IS NULL AND s."expiresAt" < $9::timestamptz))
  AND (t."createdAt" >= $10::timestamptz)
  AND (t."createdAt" <= $11::timestamptz)
  AND (t."name", t."id") > ($12::text, $13::uuid)
ORDER BY t."name" ASC, t."id" ASC
LIMIT $14::integer
