import type { Migration } from '../migration';

/** RFC 9396: the types that a resource knows, what was granted of them, and (as hashes) what a user has agreed to. */
export const migration: Migration = {
  number: 14,
  name: 'authorization-details',
  statements: [
    `ALTER TABLE resource ADD "authorizationDetailsTypes" jsonb`,
    `ALTER TABLE "authorization" ADD "authorizationDetails" jsonb`,
    `ALTER TABLE consent ADD "detailHashes" jsonb`,
  ],
};
