-- tenancy.tenant.set-settings
-- $1 settings: json
-- $2 now: instant
-- $3 id: id
UPDATE tenant SET settings = $1::jsonb, "updatedAt" = $2::timestamptz WHERE id = $3::uuid
