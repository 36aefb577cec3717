-- oauth.authorization.revoke-of-user-and-client
-- $1 now: instant
-- $2 reason: text
-- $3 tenantId: id
-- $4 userId: id
-- $5 clientId: id
UPDATE "authorization" SET "revokedAt" = $1::timestamptz, "revokeReason" = $2::text
WHERE "tenantId" = $3::uuid AND "userId" = $4::uuid AND "clientId" = $5::uuid AND "revokedAt" IS NULL
