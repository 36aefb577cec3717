-- tenancy.tenant.describe
-- $1 verified: boolean
-- $2 id: id
SELECT tenant.id, tenant.slug, tenant.name, tenant."displayName", tenant.status, tenant.kind, tenant.sandbox,
tenant.settings, verified_domain.domain, tenant."createdAt", tenant."updatedAt", tenant."removalAt", tenant."formerStatus"
FROM tenant LEFT JOIN tenant_domain verified_domain
ON verified_domain."tenantId" = tenant.id AND verified_domain.verified = $1::boolean WHERE tenant.id = $2::uuid
