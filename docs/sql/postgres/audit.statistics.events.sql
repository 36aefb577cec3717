-- audit.statistics.events
-- $1 tenantId: id
-- $2 until: instant
-- $3 take: integer
SELECT "id", "occurredAt", "event", "result", "actorType", "actorId", "clientId", "occurrences", "detail"
FROM "audit_event" WHERE "tenantId" = $1::uuid AND "occurredAt" <= $2::timestamptz AND "occurredAt" >= (SELECT p."occurredAt" FROM "statistic_progress" p WHERE p."tenantId" = $1::uuid)
  AND ("occurredAt" > (SELECT p."occurredAt" FROM "statistic_progress" p WHERE p."tenantId" = $1::uuid) OR "id" > (SELECT p."eventId" FROM "statistic_progress" p WHERE p."tenantId" = $1::uuid))
ORDER BY "occurredAt", "id" OFFSET 0 ROWS FETCH NEXT ($3::integer) ROWS ONLY
