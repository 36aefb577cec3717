-- keys.signing-key.due
-- $1 now: instant
-- $2 dueAt: instant
-- $3 id: id
-- $4 take: integer
SELECT "tenantId", "id", "alg", "dueAt" FROM "signing_key"
WHERE "dueAt" <= $1::timestamptz AND ("dueAt" > $2::timestamptz OR ("dueAt" = $2::timestamptz AND "id" > $3::uuid)) ORDER BY "dueAt", "id" LIMIT $4::integer
