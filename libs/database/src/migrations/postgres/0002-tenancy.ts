/** Several tenants may claim a domain; one of them may prove it, and a tenant has at most one that is proven. */
export const migration = {
  number: 2,
  name: 'tenancy',
  statements: [
    `CREATE TABLE tenant (
  id uuid NOT NULL CONSTRAINT tenant_pk PRIMARY KEY,
  slug text NOT NULL,
  name text NOT NULL,
  "displayName" text NOT NULL,
  status text NOT NULL CONSTRAINT "tenant_status_check" CHECK (status IN ('active', 'suspended', 'deleting')),
  kind text NOT NULL CONSTRAINT "tenant_kind_check" CHECK (kind IN ('system', 'standard')),
  sandbox boolean NOT NULL,
  settings jsonb NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
)`,
    `CREATE UNIQUE INDEX tenant_slug ON tenant (slug)`,
    `CREATE UNIQUE INDEX tenant_one_system ON tenant (kind) WHERE kind = 'system'`,
    `CREATE TABLE tenant_domain (
  "tenantId" uuid NOT NULL CONSTRAINT tenant_domain_tenant_fk REFERENCES tenant (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  domain text NOT NULL,
  token text NOT NULL,
  verified boolean NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "verifiedAt" timestamptz,
  CONSTRAINT tenant_domain_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX tenant_domain_claim ON tenant_domain ("tenantId", domain)`,
    `CREATE UNIQUE INDEX tenant_domain_verified ON tenant_domain (domain) WHERE verified`,
    `CREATE UNIQUE INDEX tenant_domain_one_verified ON tenant_domain ("tenantId") WHERE verified`,
  ],
};
