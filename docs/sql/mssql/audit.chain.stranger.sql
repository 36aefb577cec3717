-- audit.chain.stranger
-- @p0 tenantId: id
-- @p1 from: instant
-- @p2 to: instant
SELECT TOP (1) e."id" FROM "audit_event" e
WHERE e."tenantId" = @p0 AND e."occurredAt" >= @p1 AND e."occurredAt" <= @p2
  AND e."position" <= (SELECT "low" FROM "audit_sealing")
  AND NOT EXISTS (SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
ORDER BY e."occurredAt"
