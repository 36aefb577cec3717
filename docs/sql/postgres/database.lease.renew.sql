-- database.lease.renew
-- $1 ttl: integer
-- $2 name: identifier
-- $3 holder: id
-- $4 fence: bigint
UPDATE "lease" SET "expiresAt" = clock_timestamp() + make_interval(secs => $1::integer)
WHERE "name" = $2::text AND "holder" = $3::uuid AND "fence" = $4::bigint AND "expiresAt" > clock_timestamp()
