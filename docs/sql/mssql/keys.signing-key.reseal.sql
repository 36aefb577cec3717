-- keys.signing-key.reseal
-- @p0 sealed: text
-- @p1 keyId: identifier
-- @p2 tenantId: id
-- @p3 id: id
-- @p4 before: text
UPDATE "signing_key" SET "wrappedPrivateKey" = @p0, "masterKeyId" = @p1
WHERE "tenantId" = @p2 AND "id" = @p3 AND "wrappedPrivateKey" = @p4 AND @p1 IS NOT NULL
