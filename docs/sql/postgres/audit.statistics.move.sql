-- audit.statistics.move
-- $1 eventId: id
-- $2 tenantId: id
UPDATE "statistic_progress" SET "eventId" = $1::uuid, "occurredAt" = (
  SELECT e."occurredAt" FROM "audit_event" e WHERE e."tenantId" = $2::uuid AND e."id" = $1::uuid)
WHERE "tenantId" = $2::uuid
