-- login.setup.redeem
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 hash: hash
UPDATE "setup_token" SET "redeemedAt" = @p0 WHERE "tenantId" = @p1 AND "hash" = @p2 AND "redeemedAt" IS NULL AND "expiresAt" > @p0
AND NOT EXISTS (
SELECT 1 FROM "user_role" ur
JOIN "role" r ON r."tenantId" = ur."tenantId" AND r."id" = ur."roleId" AND r."name" = 'owner'
WHERE ur."tenantId" = @p1)
