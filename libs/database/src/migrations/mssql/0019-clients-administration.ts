import type { Migration } from '../migration';

/** Orders that administrators read lists in. SQL Server indexes no nvarchar(max), and no expression. */
export const migration: Migration = {
  number: 19,
  name: 'clients-administration',
  statements: [
    `ALTER TABLE "client" ALTER COLUMN "name" nvarchar(400) NOT NULL`,
    `ALTER TABLE "resource" ALTER COLUMN "name" nvarchar(400) NOT NULL`,
    `CREATE INDEX "client_by_name" ON "client" ("tenantId", "name", "id")`,
    `CREATE INDEX "client_by_creation" ON "client" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "client_by_use" ON "client" ("tenantId", "lastUsedAt", "createdAt", "id")`,
    `CREATE INDEX "resource_by_name" ON "resource" ("tenantId", "name", "id")`,
    `CREATE INDEX "resource_by_creation" ON "resource" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "initial_access_token_by_creation" ON "initial_access_token" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "trusted_issuer_by_creation" ON "trusted_issuer" ("tenantId", "createdAt", "id")`,
  ],
};
