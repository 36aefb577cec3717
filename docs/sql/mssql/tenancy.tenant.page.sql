-- tenancy.tenant.page
-- @p0 search: text
-- @p1 status: identifier
-- @p2 kind: identifier
-- @p3 sandbox: boolean
-- @p4 afterValue: identifier
-- @p5 afterId: id
-- @p6 take: integer
SELECT t."id", t."slug", t."name", t."displayName", t."status", t."kind", t."sandbox", t."createdAt", t."updatedAt",
  t."removalAt", d."domain", t."slug" AS "sortValue", t."id" AS "sortId"
FROM "tenant" t LEFT JOIN "tenant_domain" d ON d."tenantId" = t."id" AND d."verifiedAt" IS NOT NULL
WHERE 1 = 1
  AND (lower(t."name") LIKE @p0 ESCAPE '\' OR lower(t."displayName") LIKE @p0 ESCAPE '\'
    OR t."slug" LIKE @p0 ESCAPE '\' OR d."domain" LIKE @p0 ESCAPE '\' OR t."id" LIKE @p0 ESCAPE '\')
  AND (t."status" = @p1)
  AND (t."kind" = @p2)
  AND (t."sandbox" = @p3)
  AND (t."slug" > @p4 OR (t."slug" = @p4 AND t."id" > @p5))
ORDER BY t."slug" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY
