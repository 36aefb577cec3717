-- webhooks.webhook.page
-- $1 tenantId: id
-- $2 search: text
-- $3 status: identifier
-- $4 afterValue: text
-- $5 afterId: id
-- $6 take: integer
SELECT t."id", t."name", t."url", t."events", t."status", t."previousSecretUntil", t."failures", t."failingSince",
  t."disabledReason", t."createdAt", t."updatedAt", t."name" AS "sortValue", t."id" AS "sortId"
FROM "webhook" t
WHERE t."tenantId" = $1::uuid
  AND (lower(t."name") LIKE $2::text ESCAPE '\' OR lower(t."url") LIKE $2::text ESCAPE '\')
  AND (t."status" = $3::text)
  AND (t."name", t."id") > ($4::text, $5::uuid)
ORDER BY t."name" ASC, t."id" ASC
LIMIT $6::integer
