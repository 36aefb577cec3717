-- tenancy.tenant.update
-- $1 name: text
-- $2 displayName: text
-- $3 sandbox: boolean
-- $4 now: instant
-- $5 id: id
UPDATE tenant SET name = $1::text, "displayName" = $2::text, sandbox = $3::boolean, "updatedAt" = $4::timestamptz
WHERE id = $5::uuid
