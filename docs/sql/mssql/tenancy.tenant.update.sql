-- tenancy.tenant.update
-- @p0 name: text
-- @p1 displayName: text
-- @p2 sandbox: boolean
-- @p3 now: instant
-- @p4 id: id
UPDATE tenant SET name = @p0, "displayName" = @p1, sandbox = @p2, "updatedAt" = @p3
WHERE id = @p4
