-- tenancy.tenant.set-settings
-- @p0 settings: json
-- @p1 now: instant
-- @p2 id: id
UPDATE tenant SET settings = @p0, "updatedAt" = @p1 WHERE id = @p2
