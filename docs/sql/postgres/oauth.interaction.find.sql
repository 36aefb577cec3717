-- oauth.interaction.find
-- $1 tenantId: id
-- $2 id: id
SELECT "id", "clientId", "browserHash", "deviceAuthorizationId", "parameters", "pushedRequestId", "createdAt",
  "expiresAt", "redeemedAt"
FROM "interaction" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid
