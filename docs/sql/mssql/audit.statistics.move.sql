-- audit.statistics.move
-- @p0 eventId: id
-- @p1 tenantId: id
UPDATE "statistic_progress" SET "eventId" = @p0, "occurredAt" = (
  SELECT e."occurredAt" FROM "audit_event" e WHERE e."tenantId" = @p1 AND e."id" = @p0)
WHERE "tenantId" = @p1
