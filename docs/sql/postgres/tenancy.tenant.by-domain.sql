-- tenancy.tenant.by-domain
-- $1 verified: boolean
-- $2 domain: identifier
SELECT tenant.id, tenant.slug, tenant.name, tenant."displayName", tenant.status, tenant.kind, tenant.sandbox,
tenant.settings, verified_domain.domain FROM tenant LEFT JOIN tenant_domain verified_domain
ON verified_domain."tenantId" = tenant.id AND verified_domain.verified = $1::boolean WHERE verified_domain.domain = $2::text
