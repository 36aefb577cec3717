-- oauth.device.find
-- $1 tenantId: id
-- $2 now: instant
-- $3 id: id
SELECT "id", "clientId", "parameters", "ip", "createdAt", "expiresAt" FROM "device_authorization" WHERE "tenantId" = $1::uuid AND "decidedAt" IS NULL AND "expiresAt" > $2::timestamptz AND "id" = $3::uuid
