-- login.session.touch
-- $1 now: instant
-- $2 idleExpiresAt: instant
-- $3 tenantId: id
-- $4 id: id
UPDATE "session" SET "lastSeenAt" = $1::timestamptz, "idleExpiresAt" = $2::timestamptz
WHERE "tenantId" = $3::uuid AND "id" = $4::uuid AND "endedAt" IS NULL AND "lastSeenAt" < $1::timestamptz
