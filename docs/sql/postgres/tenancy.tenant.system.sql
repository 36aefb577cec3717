-- tenancy.tenant.system
-- $1 verified: boolean
SELECT tenant.id, tenant.slug, tenant.name, tenant."displayName", tenant.status, tenant.kind, tenant.sandbox,
tenant.settings, verified_domain.domain FROM tenant LEFT JOIN tenant_domain verified_domain
ON verified_domain."tenantId" = tenant.id AND verified_domain.verified = $1::boolean WHERE tenant.kind = 'system'
