-- tenancy.tenant.due-for-removal
-- @p0 before: instant
-- @p1 take: integer
SELECT "id", "slug", "kind", "name" FROM "tenant"
WHERE "status" = 'deleting' AND "removalAt" <= @p0
ORDER BY "removalAt" OFFSET 0 ROWS FETCH NEXT (@p1) ROWS ONLY
