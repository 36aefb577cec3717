-- login.session.end
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
UPDATE "session" SET "endedAt" = $1::timestamptz WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "endedAt" IS NULL
