import type { Migration } from '../migration';

/** The key that a refresh token of a public client is bound to; null for all others. */
export const migration: Migration = {
  number: 10,
  name: 'refresh-token-confirmation',
  statements: [`ALTER TABLE "refresh_token" ADD COLUMN "confirmation" jsonb`],
};
