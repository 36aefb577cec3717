-- login.session.end-of-user
-- $1 now: instant
-- $2 tenantId: id
-- $3 userId: id
UPDATE "session" SET "endedAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND "userId" = $3::uuid AND "endedAt" IS NULL
