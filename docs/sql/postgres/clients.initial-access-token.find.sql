-- clients.initial-access-token.find
-- $1 tenantId: id
-- $2 hash: hash
-- $3 now: instant
SELECT "id", "name", "policy" FROM "initial_access_token"
WHERE "tenantId" = $1::uuid AND "hash" = $2::text AND "usesLeft" > 0 AND "expiresAt" > $3::timestamptz
