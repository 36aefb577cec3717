-- oauth.device.find-by-user-code
-- $1 tenantId: id
-- $2 now: instant
-- $3 userCodeHash: hash
SELECT "id", "clientId", "parameters", "ip", "createdAt", "expiresAt" FROM "device_authorization" WHERE "tenantId" = $1::uuid AND "decidedAt" IS NULL AND "expiresAt" > $2::timestamptz AND "userCodeHash" = $3::text
