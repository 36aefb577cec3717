import type { Migration } from '../migration';

/** RFC 9470: how a user has to have signed in, and how long ago at most, for a token of a resource. */
export const migration: Migration = {
  number: 17,
  name: 'resource-authentication',
  statements: [`ALTER TABLE resource ADD "requiredAcr" text`, `ALTER TABLE resource ADD "maxAgeSeconds" integer`],
};
