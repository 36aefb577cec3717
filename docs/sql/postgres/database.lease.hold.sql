-- database.lease.hold
-- $1 name: identifier
-- $2 holder: id
-- $3 fence: bigint
SELECT "fence" FROM "lease"
WHERE "name" = $1::text AND "holder" = $2::uuid AND "fence" = $3::bigint AND "expiresAt" > clock_timestamp()
FOR UPDATE
