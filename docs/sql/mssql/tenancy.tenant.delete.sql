-- tenancy.tenant.delete
-- @p0 id: id
-- @p1 before: instant
DELETE FROM "tenant" WHERE "id" = @p0 AND "status" = 'deleting' AND "removalAt" <= @p1
