-- audit.statistics.pending
-- $1 until: instant
-- $2 epoch: instant
-- $3 after: id
-- $4 take: integer
SELECT t."id" FROM "tenant" t
LEFT JOIN "statistic_progress" p ON p."tenantId" = t."id"
CROSS JOIN LATERAL (SELECT 1 FROM "audit_event" e
  WHERE e."tenantId" = t."id" AND e."occurredAt" <= $1::timestamptz AND e."occurredAt" >= COALESCE(p."occurredAt", $2::timestamptz)
    AND (p."tenantId" IS NULL OR e."occurredAt" > p."occurredAt" OR e."id" > p."eventId")
  LIMIT 1) x
WHERE t."id" > $3::uuid ORDER BY t."id" LIMIT $4::integer
