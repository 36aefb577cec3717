-- tenancy.tenant.set-status
-- @p0 status: identifier
-- @p1 now: instant
-- @p2 id: id
UPDATE tenant SET status = @p0, "updatedAt" = @p1 WHERE id = @p2
