-- tenancy.tenant.rename
-- $1 name: text
-- $2 displayName: text
-- $3 now: instant
-- $4 id: id
UPDATE tenant SET name = $1::text, "displayName" = $2::text, "updatedAt" = $3::timestamptz WHERE id = $4::uuid
