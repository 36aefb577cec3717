-- tenancy.tenant.delete
-- $1 id: id
-- $2 before: instant
DELETE FROM "tenant" WHERE "id" = $1::uuid AND "status" = 'deleting' AND "removalAt" <= $2::timestamptz
