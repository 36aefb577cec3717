import type { Migration } from '../migration';

/** CIBA Core §7.1: a code by which a user lets clients ask about them, a credential like the others. */
export const migration: Migration = {
  number: 18,
  name: 'user-codes',
  statements: [
    `ALTER TABLE "credential" DROP CONSTRAINT "credential_type"`,
    `ALTER TABLE "credential" ADD CONSTRAINT "credential_known_type"
      CHECK ("type" IN ('password', 'totp', 'passkey', 'recovery-code', 'user-code'))`,
    `CREATE UNIQUE INDEX "credential_one_user_code" ON "credential" ("tenantId", "userId") WHERE "type" = 'user-code'`,
  ],
};
