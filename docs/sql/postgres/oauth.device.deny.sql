-- oauth.device.deny
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
UPDATE "device_authorization" SET "decidedAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "decidedAt" IS NULL AND "expiresAt" > $1::timestamptz
