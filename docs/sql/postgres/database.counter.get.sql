-- database.counter.get
-- $1 tenantId: id
-- $2 key: identifier
-- $3 now: instant
SELECT "count", "resetAt" FROM "counter"
WHERE "tenantId" = $1::uuid AND "key" = $2::text AND "resetAt" > $3::timestamptz
