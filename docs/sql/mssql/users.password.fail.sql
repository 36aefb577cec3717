-- users.password.fail
-- @p0 now: instant
-- @p1 free: integer
-- @p2 maxDelay: integer
-- @p3 disableAt: integer
-- @p4 tenantId: id
-- @p5 id: id
UPDATE "credential" SET
"failures" = "failures" + 1, "lastFailureAt" = @p0,
"blockedUntil" = CASE WHEN "failures" + 1 < @p1 THEN NULL ELSE DATEADD(second, CASE
  WHEN "failures" + 1 - @p1 > 20 THEN @p2
  WHEN POWER(2, "failures" + 1 - @p1) > @p2 THEN @p2
  ELSE POWER(2, "failures" + 1 - @p1) END, @p0) END, "disabledAt" = CASE WHEN "failures" + 1 >= @p3 THEN @p0 ELSE NULL END
  OUTPUT inserted."failures", inserted."blockedUntil", inserted."disabledAt"
  WHERE "tenantId" = @p4 AND "id" = @p5 AND "disabledAt" IS NULL AND ("blockedUntil" IS NULL OR "blockedUntil" <= @p0)
