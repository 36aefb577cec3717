-- audit.statistics.begin
-- @p0 tenantId: id
-- @p1 occurredAt: instant
-- @p2 eventId: id
INSERT INTO "statistic_progress" ("tenantId", "occurredAt", "eventId")
SELECT @p0, @p1, @p2 WHERE NOT EXISTS (
  SELECT 1 FROM "statistic_progress" WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = @p0)
