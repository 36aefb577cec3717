-- keys.signing-key.sealed-otherwise
-- $1 masterKeyId: identifier
-- $2 id: id
-- $3 take: integer
SELECT "tenantId", "id", "kid", "wrappedPrivateKey" FROM "signing_key"
WHERE "masterKeyId" <> $1::text AND "id" > $2::uuid ORDER BY "id" LIMIT $3::integer
