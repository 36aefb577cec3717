-- audit.event.page
-- $1 tenantId: id
-- $2 events: text
-- $3 failure: identifier
-- $4 success: identifier
-- $5 actorType: identifier
-- $6 actorId: identifier
-- $7 targetType: identifier
-- $8 targetId: identifier
-- $9 clientId: id
-- $10 requestId: identifier
-- $11 ip: identifier
-- $12 from: instant
-- $13 to: instant
-- $14 exact: identifier
-- $15 afterValue: instant
-- $16 afterId: id
-- $17 take: integer
SELECT t."id", t."occurredAt", t."event", t."result", t."actorType", t."actorId", t."actorTenantId", t."targetType",
  t."targetId", t."clientId", t."sessionId", t."occurrences", t."detail", t."requestId", t."ip", t."userAgent", t."occurredAt" AS "sortValue", t."id" AS "sortId"
FROM "audit_event" t
WHERE t."tenantId" = $1::uuid
  AND (t."event" = ANY (string_to_array($2::text, ',')))
  AND (t."result" = 'failure' AND $3::text = 'failure')
  AND (t."result" = 'success' AND $4::text = 'success')
  AND (t."actorType" = $5::text)
  AND (t."actorId" = $6::text)
  AND (t."targetType" = $7::text)
  AND (t."targetId" = $8::text)
  AND (t."clientId" = $9::uuid)
  AND (t."requestId" = $10::text)
  AND (t."ip" = $11::text)
  AND (t."occurredAt" >= $12::timestamptz)
  AND (t."occurredAt" <= $13::timestamptz)
  AND (t."actorId" = $14::text OR t."targetId" = $14::text OR t."requestId" = $14::text OR t."ip" = $14::text)
  AND (t."occurredAt", t."id") > ($15::timestamptz, $16::uuid)
ORDER BY t."occurredAt" ASC, t."id" ASC
LIMIT $17::integer
