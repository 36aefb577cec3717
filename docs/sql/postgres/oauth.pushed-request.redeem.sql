-- oauth.pushed-request.redeem
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
UPDATE "pushed_request" SET "redeemedAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "redeemedAt" IS NULL
