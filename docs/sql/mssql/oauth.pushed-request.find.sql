-- oauth.pushed-request.find
-- @p0 tenantId: id
-- @p1 hash: hash
-- @p2 now: instant
SELECT "id", "clientId", "parameters" FROM "pushed_request"
WHERE "tenantId" = @p0 AND "hash" = @p1 AND "redeemedAt" IS NULL AND "expiresAt" > @p2
