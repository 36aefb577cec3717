-- clients.secret.page
-- @p0 tenantId: id
-- @p1 clientId: id
-- @p2 search: text
-- @p3 revoked: boolean
-- @p4 afterValue: instant
-- @p5 afterId: id
-- @p6 take: integer
SELECT t."id", t."name", t."prefix", t."createdAt", t."expiresAt", t."lastUsedAt", t."revokedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "client_secret" t
WHERE t."tenantId" = @p0
  AND (t."clientId" = @p1)
  AND (lower(t."name") LIKE @p2 ESCAPE '\' OR t."prefix" LIKE @p2 ESCAPE '\')
  AND (CASE WHEN t."revokedAt" IS NULL THEN 0 ELSE 1 END = @p3)
  AND (t."createdAt" > @p4 OR (t."createdAt" = @p4 AND t."id" > @p5))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY
