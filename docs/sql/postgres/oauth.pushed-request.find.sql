-- oauth.pushed-request.find
-- $1 tenantId: id
-- $2 hash: hash
-- $3 now: instant
SELECT "id", "clientId", "parameters" FROM "pushed_request"
WHERE "tenantId" = $1::uuid AND "hash" = $2::text AND "redeemedAt" IS NULL AND "expiresAt" > $3::timestamptz
