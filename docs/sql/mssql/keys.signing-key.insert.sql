-- keys.signing-key.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 kid: identifier
-- @p3 alg: identifier
-- @p4 state: identifier
-- @p5 publicJwk: json
-- @p6 wrappedPrivateKey: text
-- @p7 masterKeyId: identifier
-- @p8 createdAt: instant
-- @p9 activatedAt: instant
-- @p10 dueAt: instant
INSERT INTO "signing_key" ("tenantId", "id", "kid", "alg", "state", "publicJwk", "wrappedPrivateKey", "masterKeyId", "createdAt", "activatedAt", "dueAt") SELECT @p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10
WHERE NOT EXISTS (SELECT 1 FROM "signing_key" WITH (UPDLOCK, HOLDLOCK)
  WHERE "tenantId" = @p0 AND "alg" = @p3 AND "state" = @p4)
