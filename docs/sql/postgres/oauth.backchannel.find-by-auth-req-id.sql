-- oauth.backchannel.find-by-auth-req-id
-- $1 tenantId: id
-- $2 now: instant
-- $3 authReqIdHash: hash
SELECT "id", "clientId", "userId", "parameters", "bindingMessage", "notification", "createdAt", "expiresAt"
FROM "backchannel_request"
WHERE "tenantId" = $1::uuid AND "userId" IS NOT NULL AND "decidedAt" IS NULL AND "expiresAt" > $2::timestamptz AND "authReqIdHash" = $3::text
