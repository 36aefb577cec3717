-- admin-api.idempotency-key.sealed-otherwise
-- $1 length: integer
-- $2 prefix: text
-- $3 id: id
-- $4 take: integer
SELECT "tenantId", "id", "answer" AS "sealed" FROM "idempotency_key" WHERE "answer" IS NOT NULL AND left("answer", $1::integer) <> $2::text AND "id" > $3::uuid ORDER BY "id" LIMIT $4::integer
