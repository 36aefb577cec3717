-- keys.signing-key.usable
-- @p0 tenantId: id
-- @p1 retiredAfter: instant
SELECT "tenantId", "id", "kid", "alg", "state", "publicJwk", "wrappedPrivateKey", "masterKeyId", "createdAt",
"activatedAt", "demotedAt", "retiredAt", "revokedAt", "dueAt", "reason" FROM "signing_key"
      WHERE "tenantId" = @p0 AND ("state" IN ('next', 'current', 'previous')
        OR ("state" = 'retired' AND "retiredAt" > @p1))
      ORDER BY "createdAt" DESC, "id" DESC
