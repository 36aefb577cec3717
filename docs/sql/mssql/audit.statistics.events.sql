-- audit.statistics.events
-- @p0 tenantId: id
-- @p1 until: instant
-- @p2 take: integer
SELECT "id", "occurredAt", "event", "result", "actorType", "actorId", "clientId", "occurrences", "detail"
FROM "audit_event" WHERE "tenantId" = @p0 AND "occurredAt" <= @p1 AND "occurredAt" >= (SELECT p."occurredAt" FROM "statistic_progress" p WHERE p."tenantId" = @p0)
  AND ("occurredAt" > (SELECT p."occurredAt" FROM "statistic_progress" p WHERE p."tenantId" = @p0) OR "id" > (SELECT p."eventId" FROM "statistic_progress" p WHERE p."tenantId" = @p0))
ORDER BY "occurredAt", "id" OFFSET 0 ROWS FETCH NEXT (@p2) ROWS ONLY
