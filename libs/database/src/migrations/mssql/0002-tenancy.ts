/** Several tenants may claim a domain; one of them may prove it, and a tenant has at most one that is proven. */
export const migration = {
  number: 2,
  name: 'tenancy',
  statements: [
    `CREATE TABLE tenant (
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT tenant_pk PRIMARY KEY,
  slug varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  name nvarchar(max) NOT NULL,
  "displayName" nvarchar(max) NOT NULL,
  status varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "tenant_status_check" CHECK (status IN ('active', 'suspended', 'deleting')),
  kind varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "tenant_kind_check" CHECK (kind IN ('system', 'standard')),
  sandbox bit NOT NULL,
  settings nvarchar(max) NOT NULL,
  "createdAt" datetimeoffset(3) NOT NULL,
  "updatedAt" datetimeoffset(3) NOT NULL
)`,
    `CREATE UNIQUE INDEX tenant_slug ON tenant (slug)`,
    `CREATE UNIQUE INDEX tenant_one_system ON tenant (kind) WHERE kind = 'system'`,
    `CREATE TABLE tenant_domain (
  "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT tenant_domain_tenant_fk REFERENCES tenant (id) ON DELETE CASCADE,
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  domain varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  token varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  verified bit NOT NULL,
  "createdAt" datetimeoffset(3) NOT NULL,
  "verifiedAt" datetimeoffset(3) NULL,
  CONSTRAINT tenant_domain_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX tenant_domain_claim ON tenant_domain ("tenantId", domain)`,
    `CREATE UNIQUE INDEX tenant_domain_verified ON tenant_domain (domain) WHERE verified = 1`,
    `CREATE UNIQUE INDEX tenant_domain_one_verified ON tenant_domain ("tenantId") WHERE verified = 1`,
  ],
};
