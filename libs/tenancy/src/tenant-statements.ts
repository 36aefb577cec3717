import { statement } from '@tokenidp/database';

const COLUMNS = `tenant.id, tenant.slug, tenant.name, tenant."displayName", tenant.status, tenant.kind, tenant.sandbox,
  tenant.settings, verified_domain.domain`;
const WITH_DOMAIN = `tenant LEFT JOIN tenant_domain verified_domain
  ON verified_domain."tenantId" = tenant.id AND verified_domain.verified = :verified`;
const JSON_COLUMNS = ['settings'];

export const findTenantBySlug = statement({
  name: 'tenancy.tenant.by-slug',
  parameters: { slug: 'identifier', verified: 'boolean' },
  json: JSON_COLUMNS,
  sql: `SELECT ${COLUMNS} FROM ${WITH_DOMAIN} WHERE tenant.slug = :slug`,
});

export const findTenantById = statement({
  name: 'tenancy.tenant.by-id',
  parameters: { id: 'id', verified: 'boolean' },
  json: JSON_COLUMNS,
  sql: `SELECT ${COLUMNS} FROM ${WITH_DOMAIN} WHERE tenant.id = :id`,
});

/** With what only its administration shows. */
export const describeTenant = statement({
  name: 'tenancy.tenant.describe',
  parameters: { id: 'id', verified: 'boolean' },
  json: JSON_COLUMNS,
  sql: `SELECT ${COLUMNS}, tenant."createdAt", tenant."updatedAt", tenant."removalAt", tenant."formerStatus"
  FROM ${WITH_DOMAIN} WHERE tenant.id = :id`,
});

export const findTenantByDomain = statement({
  name: 'tenancy.tenant.by-domain',
  parameters: { domain: 'identifier', verified: 'boolean' },
  json: JSON_COLUMNS,
  sql: `SELECT ${COLUMNS} FROM ${WITH_DOMAIN} WHERE verified_domain.domain = :domain`,
});

export const findSystemTenant = statement({
  name: 'tenancy.tenant.system',
  parameters: { verified: 'boolean' },
  json: JSON_COLUMNS,
  sql: `SELECT ${COLUMNS} FROM ${WITH_DOMAIN} WHERE tenant.kind = 'system'`,
});

export const listTenants = statement({
  name: 'tenancy.tenant.list',
  parameters: { after: 'identifier', take: 'integer', verified: 'boolean' },
  json: JSON_COLUMNS,
  sql: `SELECT ${COLUMNS} FROM ${WITH_DOMAIN} WHERE tenant.slug > :after
  ORDER BY tenant.slug OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

const NEW_COLUMNS = 'id, slug, name, "displayName", status, kind, sandbox, settings, "createdAt", "updatedAt"';
const NEW_VALUES = ':id, :slug, :name, :displayName, :status, :kind, :sandbox, :settings, :now, :now';

/** Changes no row when the slug is taken, or when there is a system tenant already. */
export const insertTenant = statement({
  name: 'tenancy.tenant.insert',
  parameters: {
    id: 'id',
    slug: 'identifier',
    name: 'text',
    displayName: 'text',
    status: 'identifier',
    kind: 'identifier',
    sandbox: 'boolean',
    settings: 'json',
    now: 'instant',
  },
  postgres: `INSERT INTO tenant (${NEW_COLUMNS}) VALUES (${NEW_VALUES}) ON CONFLICT DO NOTHING`,
  mssql: `INSERT INTO tenant (${NEW_COLUMNS}) SELECT ${NEW_VALUES} WHERE NOT EXISTS (
  SELECT 1 FROM tenant WITH (UPDLOCK, HOLDLOCK) WHERE slug = :slug OR (kind = 'system' AND :kind = 'system'))`,
});

export const updateTenantStatus = statement({
  name: 'tenancy.tenant.set-status',
  parameters: { id: 'id', status: 'identifier', formerStatus: 'identifier', removalAt: 'instant', now: 'instant' },
  sql: `UPDATE tenant SET status = :status, "formerStatus" = :formerStatus, "removalAt" = :removalAt, "updatedAt" = :now
  WHERE id = :id`,
});

export const lockTenantSettings = statement({
  name: 'tenancy.tenant.lock-settings',
  parameters: { id: 'id' },
  json: JSON_COLUMNS,
  postgres: `SELECT settings FROM tenant WHERE id = :id FOR UPDATE`,
  mssql: `SELECT settings FROM tenant WITH (UPDLOCK, ROWLOCK) WHERE id = :id`,
});

export const updateTenantSettings = statement({
  name: 'tenancy.tenant.set-settings',
  parameters: { id: 'id', settings: 'json', now: 'instant' },
  sql: `UPDATE tenant SET settings = :settings, "updatedAt" = :now WHERE id = :id`,
});

export const updateTenant = statement({
  name: 'tenancy.tenant.update',
  parameters: { id: 'id', name: 'text', displayName: 'text', sandbox: 'boolean', now: 'instant' },
  sql: `UPDATE tenant SET name = :name, "displayName" = :displayName, sandbox = :sandbox, "updatedAt" = :now
  WHERE id = :id`,
});

/** Changes no row when the claim is gone; breaks a unique index when somebody else has proven the domain. */
export const verifyTenantDomain = statement({
  name: 'tenancy.domain.verify',
  parameters: { tenantId: 'id', domain: 'identifier', verified: 'boolean', now: 'instant' },
  sql: `UPDATE tenant_domain SET verified = :verified, "verifiedAt" = :now
  WHERE "tenantId" = :tenantId AND domain = :domain`,
});
