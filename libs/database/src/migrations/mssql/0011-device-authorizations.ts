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
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "deviceCodeHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "userCodeHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "parameters" nvarchar(max) NOT NULL,
      "ip" nvarchar(max) NOT NULL,
      "intervalSeconds" int NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "expiresAt" datetimeoffset(3) NOT NULL,
      "polledAt" datetimeoffset(3) NULL,
      "decidedAt" datetimeoffset(3) NULL,
      "authorizationId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "redeemedAt" datetimeoffset(3) NULL,
      CONSTRAINT "device_authorization_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "device_authorization_client" FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "device_authorization_device_code" ON "device_authorization" ("tenantId", "deviceCodeHash")`,
    `CREATE UNIQUE INDEX "device_authorization_user_code" ON "device_authorization" ("tenantId", "userCodeHash")`,
    `CREATE INDEX "device_authorization_by_end" ON "device_authorization" ("expiresAt")`,
    `ALTER TABLE "interaction" ADD "deviceAuthorizationId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL`,
    `ALTER TABLE "interaction" ADD CONSTRAINT "interaction_device_authorization"
      FOREIGN KEY ("tenantId", "deviceAuthorizationId") REFERENCES "device_authorization" ("tenantId", "id") ON DELETE CASCADE`,
    `CREATE INDEX "interaction_by_device_authorization" ON "interaction" ("tenantId", "deviceAuthorizationId")
      WHERE "deviceAuthorizationId" IS NOT NULL`,
  ],
};
