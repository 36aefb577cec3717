-- login.setup.find
-- @p0 tenantId: id
-- @p1 hash: hash
-- @p2 now: instant
SELECT "id" FROM "setup_token" WHERE "tenantId" = @p0 AND "hash" = @p1 AND "redeemedAt" IS NULL AND "expiresAt" > @p2
AND NOT EXISTS (
SELECT 1 FROM "user_role" ur
JOIN "role" r ON r."tenantId" = ur."tenantId" AND r."id" = ur."roleId" AND r."name" = 'owner'
WHERE ur."tenantId" = @p0)
