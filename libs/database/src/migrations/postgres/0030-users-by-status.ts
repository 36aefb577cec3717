import type { Migration } from '../migration';

/** Users of one status, in the order of the list: its few rows lie anywhere among those of a large tenant. */
export const migration: Migration = {
  number: 30,
  name: 'users-by-status',
  statements: [
    `DROP INDEX "user_by_status"`,
    `CREATE INDEX "user_by_status_and_creation" ON "user" ("tenantId", "status", "createdAt", "id")`,
  ],
};
