-- tenancy.tenant.due-for-removal
-- $1 before: instant
-- $2 take: integer
SELECT "id", "slug", "kind", "name" FROM "tenant"
WHERE "status" = 'deleting' AND "removalAt" <= $1::timestamptz
ORDER BY "removalAt" OFFSET 0 ROWS FETCH NEXT ($2::integer) ROWS ONLY
