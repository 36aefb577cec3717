-- audit.chain.stranger
-- $1 tenantId: id
-- $2 from: instant
-- $3 to: instant
SELECT e."id" FROM "audit_event" e
WHERE e."tenantId" = $1::uuid AND e."occurredAt" >= $2::timestamptz AND e."occurredAt" <= $3::timestamptz
  AND e."position" <= (SELECT "low" FROM "audit_sealing")
  AND NOT EXISTS (SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
ORDER BY e."occurredAt" LIMIT 1
