-- login.setup.find
-- $1 tenantId: id
-- $2 hash: hash
-- $3 now: instant
SELECT "id" FROM "setup_token" WHERE "tenantId" = $1::uuid AND "hash" = $2::text AND "redeemedAt" IS NULL AND "expiresAt" > $3::timestamptz
AND NOT EXISTS (
SELECT 1 FROM "user_role" ur
JOIN "role" r ON r."tenantId" = ur."tenantId" AND r."id" = ur."roleId" AND r."name" = 'owner'
WHERE ur."tenantId" = $1::uuid)
