-- oauth.consent.find
-- @p0 tenantId: id
-- @p1 userId: id
-- @p2 clientId: id
SELECT "scope", "resources", "detailHashes" FROM "consent"
WHERE "tenantId" = @p0 AND "userId" = @p1 AND "clientId" = @p2
