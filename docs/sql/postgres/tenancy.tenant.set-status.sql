-- tenancy.tenant.set-status
-- $1 status: identifier
-- $2 formerStatus: identifier
-- $3 removalAt: instant
-- $4 now: instant
-- $5 id: id
UPDATE tenant SET status = $1::text, "formerStatus" = $2::text, "removalAt" = $3::timestamptz, "updatedAt" = $4::timestamptz
WHERE id = $5::uuid
