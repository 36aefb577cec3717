-- oauth.interaction.redeem
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "interaction" SET "redeemedAt" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "redeemedAt" IS NULL AND "expiresAt" > @p0
