-- clients.client.page
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 type: identifier
-- @p3 status: identifier
-- @p4 origin: identifier
-- @p5 securityProfile: identifier
-- @p6 authMethod: identifier
-- @p7 unusedSince: instant
-- @p8 secretExpiresBefore: instant
-- @p9 createdFrom: instant
-- @p10 createdTo: instant
-- @p11 afterValue: text
-- @p12 afterId: id
-- @p13 take: integer
SELECT t."tenantId", t."id", t."clientId", t."type", t."name", t."status", t."origin", t."securityProfile",
  t."metadata", t."createdAt", t."updatedAt", t."lastUsedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "client" t
WHERE t."tenantId" = @p0
  AND (lower(t."name") LIKE @p1 ESCAPE '\' OR lower(t."clientId") LIKE @p1 ESCAPE '\')
  AND (t."type" = @p2)
  AND (t."status" = @p3)
  AND (t."origin" = @p4)
  AND (t."securityProfile" = @p5)
  AND (JSON_VALUE(t."metadata", '$.token_endpoint_auth_method') = @p6)
  AND (@p7 > COALESCE(t."lastUsedAt", t."createdAt"))
  AND (EXISTS (SELECT 1 FROM "client_secret" s WHERE s."tenantId" = t."tenantId" AND s."clientId" = t."id"
    AND s."revokedAt" IS NULL AND s."expiresAt" < @p8))
  AND (t."createdAt" >= @p9)
  AND (t."createdAt" <= @p10)
  AND (t."name" > @p11 OR (t."name" = @p11 AND t."id" > @p12))
ORDER BY t."name" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p13 ROWS ONLY
