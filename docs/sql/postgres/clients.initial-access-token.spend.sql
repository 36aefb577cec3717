-- clients.initial-access-token.spend
-- $1 tenantId: id
-- $2 id: id
-- $3 now: instant
UPDATE "initial_access_token" SET "usesLeft" = "usesLeft" - 1
WHERE "tenantId" = $1::uuid AND "id" = $2::uuid AND "usesLeft" > 0 AND "expiresAt" > $3::timestamptz
