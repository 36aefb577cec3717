import type { Migration } from '../migration';

/** RFC 7523: whose assertions count as authorization grants, and for what. */
export const migration: Migration = {
  number: 13,
  name: 'trusted-issuers',
  statements: [
    `CREATE TABLE trusted_issuer (
  "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT trusted_issuer_tenant_fk REFERENCES tenant (id),
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  issuer varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  jwks nvarchar(max) NULL,
  "jwksUri" nvarchar(max) NULL,
  algorithms nvarchar(max) NOT NULL,
  subject varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "trusted_issuer_subject_check" CHECK (subject IN ('id', 'username', 'email', 'client')),
  scopes nvarchar(max) NOT NULL,
  audiences nvarchar(max) NOT NULL,
  enabled bit NOT NULL,
  "createdAt" datetimeoffset(3) NOT NULL,
  "updatedAt" datetimeoffset(3) NOT NULL,
  CONSTRAINT trusted_issuer_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX trusted_issuer_issuer ON trusted_issuer ("tenantId", issuer)`,
  ],
};
