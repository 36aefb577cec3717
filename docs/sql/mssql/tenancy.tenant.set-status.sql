-- tenancy.tenant.set-status
-- @p0 status: identifier
-- @p1 formerStatus: identifier
-- @p2 removalAt: instant
-- @p3 now: instant
-- @p4 id: id
UPDATE tenant SET status = @p0, "formerStatus" = @p1, "removalAt" = @p2, "updatedAt" = @p3
WHERE id = @p4
