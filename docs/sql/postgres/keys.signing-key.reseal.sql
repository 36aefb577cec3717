-- keys.signing-key.reseal
-- $1 sealed: text
-- $2 keyId: identifier
-- $3 tenantId: id
-- $4 id: id
-- $5 before: text
UPDATE "signing_key" SET "wrappedPrivateKey" = $1::text, "masterKeyId" = $2::text
WHERE "tenantId" = $3::uuid AND "id" = $4::uuid AND "wrappedPrivateKey" = $5::text AND $2::text IS NOT NULL
