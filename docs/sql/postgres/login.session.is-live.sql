-- login.session.is-live
-- $1 tenantId: id
-- $2 id: id
-- $3 now: instant
SELECT s."id" FROM "session" s
JOIN "user" u ON u."tenantId" = s."tenantId" AND u."id" = s."userId" AND u."status" = 'active' WHERE s."tenantId" = $1::uuid AND s."id" = $2::uuid AND s."endedAt" IS NULL AND s."idleExpiresAt" > $3::timestamptz AND s."absoluteExpiresAt" > $3::timestamptz
