-- oauth.authorization.revoke
-- $1 now: instant
-- $2 reason: text
-- $3 tenantId: id
-- $4 id: id
UPDATE "authorization" SET "revokedAt" = $1::timestamptz, "revokeReason" = $2::text
WHERE "tenantId" = $3::uuid AND "id" = $4::uuid AND "revokedAt" IS NULL
