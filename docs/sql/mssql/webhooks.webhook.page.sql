-- webhooks.webhook.page
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 status: identifier
-- @p3 afterValue: text
-- @p4 afterId: id
-- @p5 take: integer
SELECT t."id", t."name", t."url", t."events", t."status", t."previousSecretUntil", t."failures", t."failingSince",
  t."disabledReason", t."createdAt", t."updatedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "webhook" t
WHERE t."tenantId" = @p0
  AND (lower(t."name") LIKE @p1 ESCAPE '\' OR lower(t."url") LIKE @p1 ESCAPE '\')
  AND (t."status" = @p2)
  AND (t."name" > @p3 OR (t."name" = @p3 AND t."id" > @p4))
ORDER BY t."name" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p5 ROWS ONLY
