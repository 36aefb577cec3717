-- keys.signing-key.sealed-otherwise
-- @p0 take: integer
-- @p1 masterKeyId: identifier
-- @p2 id: id
SELECT TOP (@p0) "tenantId", "id", "kid", "wrappedPrivateKey" FROM "signing_key"
WHERE "masterKeyId" <> @p1 AND "id" > @p2 ORDER BY "id"
