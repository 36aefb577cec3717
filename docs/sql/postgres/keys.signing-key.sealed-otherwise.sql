-- keys.signing-key.sealed-otherwise
-- $1 length: integer
-- $2 prefix: text
-- $3 id: id
-- $4 take: integer
SELECT "tenantId", "id", "kid", "wrappedPrivateKey" AS "sealed" FROM "signing_key" WHERE "wrappedPrivateKey" IS NOT NULL AND left("wrappedPrivateKey", $1::integer) <> $2::text AND "id" > $3::uuid ORDER BY "id" LIMIT $4::integer
