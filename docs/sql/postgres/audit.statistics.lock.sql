-- audit.statistics.lock
-- $1 tenantId: id
SELECT "occurredAt" FROM "statistic_progress" WHERE "tenantId" = $1::uuid FOR UPDATE
