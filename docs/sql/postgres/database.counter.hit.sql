-- database.counter.hit
-- $1 tenantId: id
-- $2 key: identifier
-- $3 resetAt: instant
-- $4 now: instant
INSERT INTO "counter" AS c ("tenantId", "key", "count", "resetAt") VALUES ($1::uuid, $2::text, 1, $3::timestamptz)
ON CONFLICT ("tenantId", "key") DO UPDATE SET
  "count" = CASE WHEN c."resetAt" <= $4::timestamptz THEN 1 ELSE c."count" + 1 END,
  "resetAt" = CASE WHEN c."resetAt" <= $4::timestamptz THEN excluded."resetAt" ELSE c."resetAt" END
RETURNING "count", "resetAt"
