/**
 * Composite foreign keys: a secret, scope or assignment cannot refer to a client or resource of another tenant.
 * Deleting a tenant does not cascade: SQL Server allows one cascading path to a table, and these have two.
 */
export const migration = {
  number: 5,
  name: 'clients',
  statements: [
    `CREATE TABLE client (
  "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT client_tenant_fk REFERENCES tenant (id),
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "clientId" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  type varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "client_type_check" CHECK (type IN ('spa', 'native', 'web', 'machine', 'device')),
  name nvarchar(max) NOT NULL,
  status varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "client_status_check" CHECK (status IN ('active', 'disabled')),
  origin varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "client_origin_check" CHECK (origin IN ('admin', 'registered', 'metadata', 'built-in')),
  "securityProfile" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  metadata nvarchar(max) NOT NULL,
  "createdAt" datetimeoffset(3) NOT NULL,
  "updatedAt" datetimeoffset(3) NOT NULL,
  "lastUsedAt" datetimeoffset(3) NULL,
  CONSTRAINT client_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX client_client_id ON client ("tenantId", "clientId")`,
    `CREATE INDEX client_type ON client ("tenantId", type)`,
    `CREATE TABLE client_secret (
  "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  name nvarchar(max) NOT NULL,
  prefix varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  hash varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  sealed nvarchar(max) NULL,
  "createdAt" datetimeoffset(3) NOT NULL,
  "expiresAt" datetimeoffset(3) NULL,
  "lastUsedAt" datetimeoffset(3) NULL,
  "revokedAt" datetimeoffset(3) NULL,
  CONSTRAINT client_secret_pk PRIMARY KEY ("tenantId", id),
  CONSTRAINT client_secret_client_fk FOREIGN KEY ("tenantId", "clientId") REFERENCES client ("tenantId", id) ON DELETE CASCADE
)`,
    `CREATE INDEX client_secret_client ON client_secret ("tenantId", "clientId")`,
    `CREATE TABLE resource (
  "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT resource_tenant_fk REFERENCES tenant (id),
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  identifier varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  name nvarchar(max) NOT NULL,
  "tokenFormat" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "resource_tokenFormat_check" CHECK ("tokenFormat" IN ('jwt', 'opaque')),
  algorithm varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "accessTokenSeconds" int NULL,
  "includePermissions" bit NOT NULL,
  "includeRoles" bit NOT NULL,
  "builtIn" bit NOT NULL,
  "createdAt" datetimeoffset(3) NOT NULL,
  "updatedAt" datetimeoffset(3) NOT NULL,
  CONSTRAINT resource_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX resource_identifier ON resource ("tenantId", identifier)`,
    `CREATE TABLE scope (
  "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "resourceId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  name varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "displayName" nvarchar(max) NOT NULL,
  description nvarchar(max) NOT NULL,
  sensitive bit NOT NULL,
  CONSTRAINT scope_pk PRIMARY KEY ("tenantId", id),
  CONSTRAINT scope_resource_fk FOREIGN KEY ("tenantId", "resourceId") REFERENCES resource ("tenantId", id) ON DELETE CASCADE
)`,
    `CREATE UNIQUE INDEX scope_name ON scope ("tenantId", "resourceId", name)`,
    `CREATE TABLE client_resource (
  "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "resourceId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "userScopes" nvarchar(max) NOT NULL,
  "clientScopes" nvarchar(max) NOT NULL,
  CONSTRAINT client_resource_pk PRIMARY KEY ("tenantId", id),
  CONSTRAINT client_resource_client_fk FOREIGN KEY ("tenantId", "clientId") REFERENCES client ("tenantId", id) ON DELETE CASCADE,
  CONSTRAINT client_resource_resource_fk FOREIGN KEY ("tenantId", "resourceId") REFERENCES resource ("tenantId", id) ON DELETE CASCADE
)`,
    `CREATE UNIQUE INDEX client_resource_pair ON client_resource ("tenantId", "clientId", "resourceId")`,
    `CREATE INDEX client_resource_resource ON client_resource ("tenantId", "resourceId")`,
  ],
};
