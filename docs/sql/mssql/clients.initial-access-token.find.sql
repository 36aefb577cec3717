-- clients.initial-access-token.find
-- @p0 tenantId: id
-- @p1 hash: hash
-- @p2 now: instant
SELECT "id", "name", "policy" FROM "initial_access_token"
WHERE "tenantId" = @p0 AND "hash" = @p1 AND "usesLeft" > 0 AND "expiresAt" > @p2
