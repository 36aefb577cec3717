-- tenancy.tenant.rename
-- @p0 name: text
-- @p1 displayName: text
-- @p2 now: instant
-- @p3 id: id
UPDATE tenant SET name = @p0, "displayName" = @p1, "updatedAt" = @p2 WHERE id = @p3
