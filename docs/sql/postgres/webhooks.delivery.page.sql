-- webhooks.delivery.page
-- $1 tenantId: id
-- $2 webhookId: id
-- $3 outcome: identifier
-- $4 event: identifier
-- $5 messageId: identifier
-- $6 createdFrom: instant
-- $7 createdTo: instant
-- $8 afterValue: instant
-- $9 afterId: id
-- $10 take: integer
SELECT t."id", t."webhookId", t."messageId", t."event", t."payload", t."attempt", t."outcome", t."statusCode",
  t."durationMilliseconds", t."answer", t."error", t."createdAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "webhook_delivery" t
WHERE t."tenantId" = $1::uuid
  AND (t."webhookId" = $2::uuid)
  AND (t."outcome" = $3::text)
  AND (t."event" = $4::text)
  AND (t."messageId" = $5::text)
  AND (t."createdAt" >= $6::timestamptz)
  AND (t."createdAt" <= $7::timestamptz)
  AND (t."createdAt", t."id") > ($8::timestamptz, $9::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $10::integer
