-- database.redeem.authorization_code
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "authorization_code" SET "redeemedAt" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "redeemedAt" IS NULL AND "expiresAt" > @p0
