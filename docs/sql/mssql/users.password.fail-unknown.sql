-- users.password.fail-unknown
-- @p0 tenantId: id
-- @p1 loginHash: hash
-- @p2 now: instant
-- @p3 free: integer
-- @p4 maxDelay: integer
-- @p5 disableAt: integer
MERGE "unknown_login" WITH (HOLDLOCK) AS x
  USING (SELECT @p0 AS "tenantId", @p1 AS "loginHash") AS n
    ON x."tenantId" = n."tenantId" AND x."loginHash" = n."loginHash"
  WHEN MATCHED AND x."disabledAt" IS NULL AND (x."blockedUntil" IS NULL OR x."blockedUntil" <= @p2) THEN UPDATE SET
"failures" = x."failures" + 1, "lastFailureAt" = @p2,
"blockedUntil" = CASE WHEN x."failures" + 1 < @p3 THEN NULL ELSE DATEADD(second, CASE
  WHEN x."failures" + 1 - @p3 > 20 THEN @p4
  WHEN POWER(2, x."failures" + 1 - @p3) > @p4 THEN @p4
  ELSE POWER(2, x."failures" + 1 - @p3) END, @p2) END, "disabledAt" = CASE WHEN x."failures" + 1 >= @p5 THEN @p2 ELSE NULL END
  WHEN NOT MATCHED THEN INSERT
    ("tenantId", "loginHash", "failures", "lastFailureAt", "blockedUntil", "disabledAt")
    VALUES (@p0, @p1, 1, @p2, CASE WHEN 1 < @p3 THEN NULL ELSE DATEADD(second, CASE
  WHEN 1 - @p3 > 20 THEN @p4
  WHEN POWER(2, 1 - @p3) > @p4 THEN @p4
  ELSE POWER(2, 1 - @p3) END, @p2) END, CASE WHEN 1 >= @p5 THEN @p2 ELSE NULL END)
  OUTPUT inserted."failures", inserted."blockedUntil", inserted."disabledAt";
