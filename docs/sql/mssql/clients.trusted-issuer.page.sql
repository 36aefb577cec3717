-- clients.trusted-issuer.page
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 enabled: boolean
-- @p3 subject: identifier
-- @p4 afterValue: identifier
-- @p5 afterId: id
-- @p6 take: integer
SELECT t."tenantId", t."id", t."issuer", t."jwks", t."jwksUri", t."algorithms", t."subject", t."scopes",
  t."audiences", t."enabled", t."createdAt", t."updatedAt", t."issuer" AS "sortValue", t."id" AS "sortId"
FROM "trusted_issuer" t
WHERE t."tenantId" = @p0
  AND (lower(t."issuer") LIKE @p1 ESCAPE '\')
  AND (t."enabled" = @p2)
  AND (t."subject" = @p3)
  AND (t."issuer" > @p4 OR (t."issuer" = @p4 AND t."id" > @p5))
ORDER BY t."issuer" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY
