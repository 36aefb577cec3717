-- keys.signing-key.sealed-otherwise
-- @p0 take: integer
-- @p1 length: integer
-- @p2 prefix: text
-- @p3 id: id
SELECT TOP (@p0) "tenantId", "id", "kid", "wrappedPrivateKey" AS "sealed" FROM "signing_key" WHERE "wrappedPrivateKey" IS NOT NULL AND LEFT("wrappedPrivateKey", @p1) COLLATE Latin1_General_100_BIN2_UTF8 <> @p2
AND "id" > @p3 ORDER BY "id"
