-- login.setup.redeem
-- $1 now: instant
-- $2 tenantId: id
-- $3 hash: hash
UPDATE "setup_token" SET "redeemedAt" = $1::timestamptz WHERE "tenantId" = $2::uuid AND "hash" = $3::text AND "redeemedAt" IS NULL AND "expiresAt" > $1::timestamptz
AND NOT EXISTS (
SELECT 1 FROM "user_role" ur
JOIN "role" r ON r."tenantId" = ur."tenantId" AND r."id" = ur."roleId" AND r."name" = 'owner'
WHERE ur."tenantId" = $2::uuid)
