-- oauth.backchannel.find
-- @p0 tenantId: id
-- @p1 now: instant
-- @p2 id: id
SELECT "id", "clientId", "userId", "parameters", "bindingMessage", "notification", "createdAt", "expiresAt"
FROM "backchannel_request"
WHERE "tenantId" = @p0 AND "userId" IS NOT NULL AND "decidedAt" IS NULL AND "expiresAt" > @p1 AND "id" = @p2
