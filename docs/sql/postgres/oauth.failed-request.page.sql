-- oauth.failed-request.page
-- $1 tenantId: id
-- $2 clientId: id
-- $3 endpoint: identifier
-- $4 error: identifier
-- $5 cause: identifier
-- $6 requestId: id
-- $7 from: instant
-- $8 to: instant
-- $9 search: text
-- $10 afterValue: instant
-- $11 afterId: id
-- $12 take: integer
SELECT t."id", t."occurredAt", t."endpoint", t."error", t."description", t."status", t."cause", t."explanation",
  t."clientId", t."sentClientId", t."sent", t."registered", t."fix", t."omitted", t."ip", t."userAgent", t."occurredAt" AS "sortValue", t."id" AS "sortId"
FROM "failed_request" t
WHERE t."tenantId" = $1::uuid
  AND (t."clientId" = $2::uuid)
  AND (t."endpoint" = $3::text)
  AND (t."error" = $4::text)
  AND (t."cause" = $5::text)
  AND (t."id" = $6::uuid)
  AND (t."occurredAt" >= $7::timestamptz)
  AND (t."occurredAt" <= $8::timestamptz)
  AND (lower(t."description") LIKE $9::text ESCAPE '\' OR lower(t."explanation") LIKE $9::text ESCAPE '\'
        OR lower(t."sentClientId") LIKE $9::text ESCAPE '\')
  AND (t."occurredAt", t."id") > ($10::timestamptz, $11::uuid)
ORDER BY t."occurredAt" ASC, t."id" ASC
LIMIT $12::integer
