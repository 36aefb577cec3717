-- oauth.backchannel.list-of-user
-- $1 tenantId: id
-- $2 now: instant
-- $3 userId: id
SELECT "id", "clientId", "userId", "parameters", "bindingMessage", "notification", "createdAt", "expiresAt"
FROM "backchannel_request"
WHERE "tenantId" = $1::uuid AND "userId" IS NOT NULL AND "decidedAt" IS NULL AND "expiresAt" > $2::timestamptz AND "userId" = $3::uuid ORDER BY "createdAt" DESC
