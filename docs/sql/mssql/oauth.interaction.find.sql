-- oauth.interaction.find
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id", "clientId", "browserHash", "deviceAuthorizationId", "parameters", "pushedRequestId", "createdAt",
  "expiresAt", "redeemedAt"
FROM "interaction" WHERE "tenantId" = @p0 AND "id" = @p1
