-- tenancy.domain.verify
-- $1 verified: boolean
-- $2 now: instant
-- $3 tenantId: id
-- $4 domain: identifier
UPDATE tenant_domain SET verified = $1::boolean, "verifiedAt" = $2::timestamptz
WHERE "tenantId" = $3::uuid AND domain = $4::text
