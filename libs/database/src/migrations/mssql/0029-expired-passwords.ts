import type { Migration } from '../migration';

/** Since when a user has to choose another password before they go on; null where nobody asks for it. */
export const migration: Migration = {
  number: 29,
  name: 'expired-passwords',
  statements: [`ALTER TABLE "user" ADD "passwordExpiredAt" datetimeoffset(3) NULL`],
};
