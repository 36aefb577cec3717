-- database.lease.acquire
-- $1 name: identifier
-- $2 holder: id
-- $3 ttl: integer
INSERT INTO "lease" AS l ("name", "holder", "fence", "expiresAt")
VALUES ($1::text, $2::uuid, 1, clock_timestamp() + make_interval(secs => $3::integer))
ON CONFLICT ("name") DO UPDATE SET
  "holder" = excluded."holder", "fence" = l."fence" + 1, "expiresAt" = excluded."expiresAt"
WHERE l."expiresAt" <= clock_timestamp()
RETURNING "fence"
