-- users.password.fail-unknown
-- $1 tenantId: id
-- $2 loginHash: hash
-- $3 now: instant
-- $4 free: integer
-- $5 maxDelay: integer
-- $6 disableAt: integer
INSERT INTO "unknown_login" AS x
    ("tenantId", "loginHash", "failures", "lastFailureAt", "blockedUntil", "disabledAt")
  VALUES ($1::uuid, $2::text, 1, $3::timestamptz, CASE WHEN 1 < $4::integer THEN NULL
  ELSE $3::timestamptz + LEAST(power(2, LEAST(1 - $4::integer, 20)), $5::integer) * interval '1 second' END, CASE WHEN 1 >= $6::integer THEN $3::timestamptz ELSE NULL END)
  ON CONFLICT ("tenantId", "loginHash") DO UPDATE SET
"failures" = x."failures" + 1, "lastFailureAt" = $3::timestamptz,
"blockedUntil" = CASE WHEN x."failures" + 1 < $4::integer THEN NULL
  ELSE $3::timestamptz + LEAST(power(2, LEAST(x."failures" + 1 - $4::integer, 20)), $5::integer) * interval '1 second' END, "disabledAt" = CASE WHEN x."failures" + 1 >= $6::integer THEN $3::timestamptz ELSE NULL END
  WHERE x."disabledAt" IS NULL AND (x."blockedUntil" IS NULL OR x."blockedUntil" <= $3::timestamptz)
  RETURNING "failures", "blockedUntil", "disabledAt"
