-- webhooks.delivery.page
-- @p0 tenantId: id
-- @p1 webhookId: id
-- @p2 outcome: identifier
-- @p3 event: identifier
-- @p4 messageId: identifier
-- @p5 createdFrom: instant
-- @p6 createdTo: instant
-- @p7 afterValue: instant
-- @p8 afterId: id
-- @p9 take: integer
SELECT t."id", t."webhookId", t."messageId", t."event", t."payload", t."attempt", t."outcome", t."statusCode",
  t."durationMilliseconds", t."answer", t."error", t."createdAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "webhook_delivery" t
WHERE t."tenantId" = @p0
  AND (t."webhookId" = @p1)
  AND (t."outcome" = @p2)
  AND (t."event" = @p3)
  AND (t."messageId" = @p4)
  AND (t."createdAt" >= @p5)
  AND (t."createdAt" <= @p6)
  AND (t."createdAt" > @p7 OR (t."createdAt" = @p7 AND t."id" > @p8))
ORDER BY t."createdAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p9 ROWS ONLY
