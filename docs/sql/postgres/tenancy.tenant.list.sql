-- tenancy.tenant.list
-- $1 verified: boolean
-- $2 after: identifier
-- $3 take: integer
SELECT tenant.id, tenant.slug, tenant.name, tenant."displayName", tenant.status, tenant.kind, tenant.sandbox,
tenant.settings, verified_domain.domain FROM tenant LEFT JOIN tenant_domain verified_domain
ON verified_domain."tenantId" = tenant.id AND verified_domain.verified = $1::boolean WHERE tenant.slug > $2::text
ORDER BY tenant.slug OFFSET 0 ROWS FETCH NEXT ($3::integer) ROWS ONLY
