-- clients.client-secret.sealed-otherwise
-- $1 length: integer
-- $2 prefix: text
-- $3 id: id
-- $4 take: integer
SELECT "tenantId", "id", "sealed" AS "sealed" FROM "client_secret" WHERE "sealed" IS NOT NULL AND left("sealed", $1::integer) <> $2::text AND "id" > $3::uuid ORDER BY "id" LIMIT $4::integer
