-- users.password.fail
-- $1 now: instant
-- $2 free: integer
-- $3 maxDelay: integer
-- $4 disableAt: integer
-- $5 tenantId: id
-- $6 id: id
UPDATE "credential" SET
"failures" = "failures" + 1, "lastFailureAt" = $1::timestamptz,
"blockedUntil" = CASE WHEN "failures" + 1 < $2::integer THEN NULL
  ELSE $1::timestamptz + LEAST(power(2, LEAST("failures" + 1 - $2::integer, 20)), $3::integer) * interval '1 second' END, "disabledAt" = CASE WHEN "failures" + 1 >= $4::integer THEN $1::timestamptz ELSE NULL END
  WHERE "tenantId" = $5::uuid AND "id" = $6::uuid AND "disabledAt" IS NULL AND ("blockedUntil" IS NULL OR "blockedUntil" <= $1::timestamptz)
  RETURNING "failures", "blockedUntil", "disabledAt"
