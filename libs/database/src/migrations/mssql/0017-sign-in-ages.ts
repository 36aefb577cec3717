import type { Migration } from '../migration';

/**
 * RFC 9470: how a user has to have signed in, and how long ago at most, for a token of a resource. The index finds the
 * sessions that have ended by themselves and whose clients nobody has told yet.
 */
export const migration: Migration = {
  number: 17,
  name: 'sign-in-ages',
  statements: [
    `ALTER TABLE resource ADD "requiredAcr" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL`,
    `ALTER TABLE resource ADD "maxAgeSeconds" int NULL`,
    `CREATE INDEX "session_by_idle_end" ON "session" ("idleExpiresAt") WHERE "endedAt" IS NULL`,
  ],
};
