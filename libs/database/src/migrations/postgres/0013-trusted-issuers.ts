import type { Migration } from '../migration';

/** RFC 7523: whose assertions count as authorization grants, and for what. */
export const migration: Migration = {
  number: 13,
  name: 'trusted-issuers',
  statements: [
    `CREATE TABLE trusted_issuer (
  "tenantId" uuid NOT NULL CONSTRAINT trusted_issuer_tenant_fk REFERENCES tenant (id),
  id uuid NOT NULL,
  issuer text NOT NULL,
  jwks jsonb,
  "jwksUri" text,
  algorithms jsonb NOT NULL,
  subject text NOT NULL CONSTRAINT "trusted_issuer_subject_check" CHECK (subject IN ('id', 'username', 'email', 'client')),
  scopes jsonb NOT NULL,
  audiences jsonb NOT NULL,
  enabled boolean NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  CONSTRAINT trusted_issuer_pk PRIMARY KEY ("tenantId", id)
)`,
    `CREATE UNIQUE INDEX trusted_issuer_issuer ON trusted_issuer ("tenantId", issuer)`,
  ],
};
