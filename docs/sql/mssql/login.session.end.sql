-- login.session.end
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "session" SET "endedAt" = @p0 WHERE "tenantId" = @p1 AND "id" = @p2 AND "endedAt" IS NULL
