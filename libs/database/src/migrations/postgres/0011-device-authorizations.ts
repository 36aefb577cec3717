import type { Migration } from '../migration';

/**
 * `authorizationId` has no foreign key: the authorization is written in the statement that names it here, and may be
 * purged before. An interaction is about a device's request when it names one.
 */
export const migration: Migration = {
  number: 11,
  name: 'device-authorizations',
  statements: [
    `CREATE TABLE "device_authorization" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "clientId" uuid NOT NULL,
      "deviceCodeHash" text NOT NULL,
      "userCodeHash" text NOT NULL,
      "parameters" jsonb NOT NULL,
      "ip" text NOT NULL,
      "intervalSeconds" integer NOT NULL,
      "createdAt" timestamptz NOT NULL,
      "expiresAt" timestamptz NOT NULL,
      "polledAt" timestamptz,
      "decidedAt" timestamptz,
      "authorizationId" uuid,
      "redeemedAt" timestamptz,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "device_authorization_device_code" ON "device_authorization" ("tenantId", "deviceCodeHash")`,
    `CREATE UNIQUE INDEX "device_authorization_user_code" ON "device_authorization" ("tenantId", "userCodeHash")`,
    `CREATE INDEX "device_authorization_by_end" ON "device_authorization" ("expiresAt")`,
    `ALTER TABLE "interaction" ADD COLUMN "deviceAuthorizationId" uuid`,
    `ALTER TABLE "interaction" ADD CONSTRAINT "interaction_device_authorization"
      FOREIGN KEY ("tenantId", "deviceAuthorizationId") REFERENCES "device_authorization" ("tenantId", "id") ON DELETE CASCADE`,
    `CREATE INDEX "interaction_by_device_authorization" ON "interaction" ("tenantId", "deviceAuthorizationId")
      WHERE "deviceAuthorizationId" IS NOT NULL`,
  ],
};
