-- oauth.authorization.revoke-of-client
-- $1 now: instant
-- $2 reason: text
-- $3 tenantId: id
-- $4 clientId: id
UPDATE "authorization" SET "revokedAt" = $1::timestamptz, "revokeReason" = $2::text
WHERE "tenantId" = $3::uuid AND "clientId" = $4::uuid AND "revokedAt" IS NULL
