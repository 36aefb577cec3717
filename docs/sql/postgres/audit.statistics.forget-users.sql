-- audit.statistics.forget-users
-- $1 tenantId: id
-- $2 before: instant
DELETE FROM "statistic_user" WHERE "tenantId" = $1::uuid AND "dayAt" < $2::timestamptz
