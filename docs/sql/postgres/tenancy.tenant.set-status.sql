-- tenancy.tenant.set-status
-- $1 status: identifier
-- $2 now: instant
-- $3 id: id
UPDATE tenant SET status = $1::text, "updatedAt" = $2::timestamptz WHERE id = $3::uuid
