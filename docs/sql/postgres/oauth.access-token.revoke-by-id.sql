-- oauth.access-token.revoke-by-id
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
UPDATE "access_token" SET "revokedAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "revokedAt" IS NULL
