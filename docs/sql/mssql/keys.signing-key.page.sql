-- keys.signing-key.page
-- @p0 tenantId: id
-- @p1 state: identifier
-- @p2 alg: identifier
-- @p3 search: text
-- @p4 afterValue: instant
-- @p5 afterId: id
-- @p6 take: integer
SELECT t."id", t."kid", t."alg", t."state", t."publicJwk", t."createdAt", t."activatedAt", t."demotedAt",
  t."retiredAt", t."revokedAt", t."dueAt", t."reason", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "signing_key" t
WHERE t."tenantId" = @p0
  AND (t."state" = @p1)
  AND (t."alg" = @p2)
  AND (lower(t."kid") LIKE @p3 ESCAPE '\')
  AND (t."createdAt" > @p4 OR (t."createdAt" = @p4 AND t."id" > @p5))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY
