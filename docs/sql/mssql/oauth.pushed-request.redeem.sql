-- oauth.pushed-request.redeem
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "pushed_request" SET "redeemedAt" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "redeemedAt" IS NULL
