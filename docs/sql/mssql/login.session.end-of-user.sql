-- login.session.end-of-user
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 userId: id
UPDATE "session" SET "endedAt" = @p0
WHERE "tenantId" = @p1 AND "userId" = @p2 AND "endedAt" IS NULL
