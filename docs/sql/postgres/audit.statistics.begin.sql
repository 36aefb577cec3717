-- audit.statistics.begin
-- $1 tenantId: id
-- $2 occurredAt: instant
-- $3 eventId: id
INSERT INTO "statistic_progress" ("tenantId", "occurredAt", "eventId")
VALUES ($1::uuid, $2::timestamptz, $3::uuid) ON CONFLICT DO NOTHING
