-- tenancy.domain.verify
-- @p0 verified: boolean
-- @p1 now: instant
-- @p2 tenantId: id
-- @p3 domain: identifier
UPDATE tenant_domain SET verified = @p0, "verifiedAt" = @p1
WHERE "tenantId" = @p2 AND domain = @p3
