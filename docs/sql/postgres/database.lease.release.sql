-- database.lease.release
-- $1 name: identifier
-- $2 holder: id
-- $3 fence: bigint
UPDATE "lease" SET "expiresAt" = clock_timestamp()
WHERE "name" = $1::text AND "holder" = $2::uuid AND "fence" = $3::bigint AND "expiresAt" > clock_timestamp()
