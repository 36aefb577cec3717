-- audit.statistics.pending
-- @p0 take: integer
-- @p1 until: instant
-- @p2 epoch: instant
-- @p3 after: id
SELECT TOP (@p0) t."id" FROM "tenant" t
LEFT JOIN "statistic_progress" p ON p."tenantId" = t."id"
CROSS APPLY (SELECT TOP (1) 1 AS "one" FROM "audit_event" e
  WHERE e."tenantId" = t."id" AND e."occurredAt" <= @p1 AND e."occurredAt" >= COALESCE(p."occurredAt", @p2)
    AND (p."tenantId" IS NULL OR e."occurredAt" > p."occurredAt" OR e."id" > p."eventId")) x
WHERE t."id" > @p3 ORDER BY t."id"
