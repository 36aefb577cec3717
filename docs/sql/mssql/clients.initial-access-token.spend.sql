-- clients.initial-access-token.spend
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 now: instant
UPDATE "initial_access_token" SET "usesLeft" = "usesLeft" - 1
WHERE "tenantId" = @p0 AND "id" = @p1 AND "usesLeft" > 0 AND "expiresAt" > @p2
