import type { Migration } from '../migration';

/** Join rows fall with either side; users, roles and permissions do not fall with the tenant: cascading paths would meet. */
export const migration: Migration = {
  number: 6,
  name: 'users',
  statements: [
    `CREATE TABLE "user" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "user_tenant" REFERENCES "tenant" ("id"),
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "username" nvarchar(max) NOT NULL,
      "usernameNormal" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "email" nvarchar(max) NULL,
      "emailNormal" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "emailVerified" bit NOT NULL,
      "phoneNumber" nvarchar(max) NULL,
      "phoneNumberVerified" bit NOT NULL,
      "status" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "user_status" CHECK ("status" IN ('active', 'disabled', 'locked', 'invited')),
      "locale" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "claims" nvarchar(max) NOT NULL,
      "attributes" nvarchar(max) NOT NULL,
      "lastSignInAt" datetimeoffset(3) NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "updatedAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "user_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "user_one_meaning" CHECK ("usernameNormal" NOT LIKE '%@%' OR "usernameNormal" = COALESCE("emailNormal", ''))
    )`,
    `CREATE UNIQUE INDEX "user_username" ON "user" ("tenantId", "usernameNormal")`,
    `CREATE UNIQUE INDEX "user_email" ON "user" ("tenantId", "emailNormal") WHERE "emailNormal" IS NOT NULL`,

    `CREATE TABLE "credential" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "userId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "type" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "credential_type" CHECK ("type" IN ('password', 'totp', 'passkey', 'recovery-code')),
      "name" nvarchar(max) NULL,
      "secret" nvarchar(max) NOT NULL,
      "failures" int NOT NULL,
      "lastFailureAt" datetimeoffset(3) NULL,
      "blockedUntil" datetimeoffset(3) NULL,
      "disabledAt" datetimeoffset(3) NULL,
      "lastUsedAt" datetimeoffset(3) NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "updatedAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "credential_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "credential_user" FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "credential_of_user" ON "credential" ("tenantId", "userId", "type")`,
    `CREATE UNIQUE INDEX "credential_one_password" ON "credential" ("tenantId", "userId") WHERE "type" = 'password'`,

    `CREATE TABLE "unknown_login" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "loginHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "failures" int NOT NULL,
      "lastFailureAt" datetimeoffset(3) NOT NULL,
      "blockedUntil" datetimeoffset(3) NULL,
      "disabledAt" datetimeoffset(3) NULL,
      CONSTRAINT "unknown_login_pk" PRIMARY KEY ("tenantId", "loginHash")
    )`,
    `CREATE INDEX "unknown_login_age" ON "unknown_login" ("lastFailureAt")`,

    `CREATE TABLE "role" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "role_tenant" REFERENCES "tenant" ("id"),
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "name" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "displayName" nvarchar(max) NOT NULL,
      "description" nvarchar(max) NOT NULL,
      "builtIn" bit NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "updatedAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "role_pk" PRIMARY KEY ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "role_name" ON "role" ("tenantId", "name")`,

    `CREATE TABLE "permission" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "resourceId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "key" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "description" nvarchar(max) NOT NULL,
      "builtIn" bit NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "permission_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "permission_resource" FOREIGN KEY ("tenantId", "resourceId") REFERENCES "resource" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "permission_key" ON "permission" ("tenantId", "resourceId", "key")`,

    `CREATE TABLE "role_permission" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "roleId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "permissionId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      CONSTRAINT "role_permission_pk" PRIMARY KEY ("tenantId", "roleId", "permissionId"),
      CONSTRAINT "role_permission_role" FOREIGN KEY ("tenantId", "roleId") REFERENCES "role" ("tenantId", "id") ON DELETE CASCADE,
      CONSTRAINT "role_permission_permission" FOREIGN KEY ("tenantId", "permissionId") REFERENCES "permission" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "role_permission_of_permission" ON "role_permission" ("tenantId", "permissionId")`,

    `CREATE TABLE "user_role" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "userId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "roleId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "user_role_pk" PRIMARY KEY ("tenantId", "userId", "roleId"),
      CONSTRAINT "user_role_user" FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id") ON DELETE CASCADE,
      CONSTRAINT "user_role_role" FOREIGN KEY ("tenantId", "roleId") REFERENCES "role" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "user_role_of_role" ON "user_role" ("tenantId", "roleId")`,

    `CREATE TABLE "client_role" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "roleId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "client_role_pk" PRIMARY KEY ("tenantId", "clientId", "roleId"),
      CONSTRAINT "client_role_client" FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id") ON DELETE CASCADE,
      CONSTRAINT "client_role_role" FOREIGN KEY ("tenantId", "roleId") REFERENCES "role" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "client_role_of_role" ON "client_role" ("tenantId", "roleId")`,
  ],
};
