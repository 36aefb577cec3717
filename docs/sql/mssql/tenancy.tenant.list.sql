-- tenancy.tenant.list
-- @p0 verified: boolean
-- @p1 after: identifier
-- @p2 take: integer
SELECT tenant.id, tenant.slug, tenant.name, tenant."displayName", tenant.status, tenant.kind, tenant.sandbox,
tenant.settings, verified_domain.domain FROM tenant LEFT JOIN tenant_domain verified_domain
ON verified_domain."tenantId" = tenant.id AND verified_domain.verified = @p0 WHERE tenant.slug > @p1
ORDER BY tenant.slug OFFSET 0 ROWS FETCH NEXT (@p2) ROWS ONLY
