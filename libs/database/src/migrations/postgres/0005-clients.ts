/**
 * Composite foreign keys: a secret, scope or assignment cannot refer to a client or resource of another tenant.
 * Deleting a tenant does not cascade: SQL Server allows one cascading path to a table, and these have two.
 */
export const migration = {
  number: 5,
  name: 'clients',
  statements: [
    `CREATE TABLE client (
  "tenantId" uuid NOT NULL CONSTRAINT client_tenant_fk REFERENCES tenant (id),
  id uuid NOT NULL,
  "clientId" text NOT NULL,
  type text NOT NULL CONSTRAINT "client_type_check" CHECK (type IN ('spa', 'native', 'web', 'machine', 'device')),
  name text NOT NULL,
  status text NOT NULL CONSTRAINT "client_status_check" CHECK (status IN ('active', 'disabled')),
  origin text NOT NULL CONSTRAINT "client_origin_check" CHECK (origin IN ('admin', 'registered', 'metadata', 'built-in')),
  "securityProfile" text NOT NULL,
  metadata jsonb NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "lastUsedAt" timestamptz,
  CONSTRAINT client_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX client_client_id ON client ("tenantId", "clientId")`,
    `CREATE INDEX client_type ON client ("tenantId", type)`,
    `CREATE TABLE client_secret (
  "tenantId" uuid NOT NULL,
  id uuid NOT NULL,
  "clientId" uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  hash text NOT NULL,
  sealed text,
  "createdAt" timestamptz NOT NULL,
  "expiresAt" timestamptz,
  "lastUsedAt" timestamptz,
  "revokedAt" timestamptz,
  CONSTRAINT client_secret_pk PRIMARY KEY ("tenantId", id),
  CONSTRAINT client_secret_client_fk FOREIGN KEY ("tenantId", "clientId") REFERENCES client ("tenantId", id) ON DELETE CASCADE
)`,
    `CREATE INDEX client_secret_client ON client_secret ("tenantId", "clientId")`,
    `CREATE TABLE resource (
  "tenantId" uuid NOT NULL CONSTRAINT resource_tenant_fk REFERENCES tenant (id),
  id uuid NOT NULL,
  identifier text NOT NULL,
  name text NOT NULL,
  "tokenFormat" text NOT NULL CONSTRAINT "resource_tokenFormat_check" CHECK ("tokenFormat" IN ('jwt', 'opaque')),
  algorithm text NOT NULL,
  "accessTokenSeconds" integer,
  "includePermissions" boolean NOT NULL,
  "includeRoles" boolean NOT NULL,
  "builtIn" boolean NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  CONSTRAINT resource_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX resource_identifier ON resource ("tenantId", identifier)`,
    `CREATE TABLE scope (
  "tenantId" uuid NOT NULL,
  id uuid NOT NULL,
  "resourceId" uuid NOT NULL,
  name text NOT NULL,
  "displayName" text NOT NULL,
  description text NOT NULL,
  sensitive boolean NOT NULL,
  CONSTRAINT scope_pk PRIMARY KEY ("tenantId", id),
  CONSTRAINT scope_resource_fk FOREIGN KEY ("tenantId", "resourceId") REFERENCES resource ("tenantId", id) ON DELETE CASCADE
)`,
    `CREATE UNIQUE INDEX scope_name ON scope ("tenantId", "resourceId", name)`,
    `CREATE TABLE client_resource (
  "tenantId" uuid NOT NULL,
  id uuid NOT NULL,
  "clientId" uuid NOT NULL,
  "resourceId" uuid NOT NULL,
  "userScopes" jsonb NOT NULL,
  "clientScopes" jsonb NOT NULL,
  CONSTRAINT client_resource_pk PRIMARY KEY ("tenantId", id),
  CONSTRAINT client_resource_client_fk FOREIGN KEY ("tenantId", "clientId") REFERENCES client ("tenantId", id) ON DELETE CASCADE,
  CONSTRAINT client_resource_resource_fk FOREIGN KEY ("tenantId", "resourceId") REFERENCES resource ("tenantId", id) ON DELETE CASCADE
)`,
    `CREATE UNIQUE INDEX client_resource_pair ON client_resource ("tenantId", "clientId", "resourceId")`,
    `CREATE INDEX client_resource_resource ON client_resource ("tenantId", "resourceId")`,
  ],
};
