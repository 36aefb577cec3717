-- keys.signing-key.usable
-- $1 tenantId: id
-- $2 retiredAfter: instant
SELECT "tenantId", "id", "kid", "alg", "state", "publicJwk", "wrappedPrivateKey", "masterKeyId", "createdAt",
"activatedAt", "demotedAt", "retiredAt", "revokedAt", "dueAt", "reason" FROM "signing_key"
      WHERE "tenantId" = $1::uuid AND ("state" IN ('next', 'current', 'previous')
        OR ("state" = 'retired' AND "retiredAt" > $2::timestamptz))
      ORDER BY "createdAt" DESC, "id" DESC
