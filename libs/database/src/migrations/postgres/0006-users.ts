import type { Migration } from '../migration';

/** Join rows fall with either side; users, roles and permissions do not fall with the tenant (as on SQL Server). */
export const migration: Migration = {
  number: 6,
  name: 'users',
  statements: [
    `CREATE TABLE "user" (
      "tenantId" uuid NOT NULL CONSTRAINT "user_tenant" REFERENCES "tenant" ("id"),
      "id" uuid NOT NULL,
      "username" text NOT NULL,
      "usernameNormal" text NOT NULL,
      "email" text,
      "emailNormal" text,
      "emailVerified" boolean NOT NULL,
      "phoneNumber" text,
      "phoneNumberVerified" boolean NOT NULL,
      "status" text NOT NULL CONSTRAINT "user_status" CHECK ("status" IN ('active', 'disabled', 'locked', 'invited')),
      "locale" text,
      "claims" jsonb NOT NULL,
      "attributes" jsonb NOT NULL,
      "lastSignInAt" timestamptz,
      "createdAt" timestamptz NOT NULL,
      "updatedAt" timestamptz NOT NULL,
      CONSTRAINT "user_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "user_one_meaning" CHECK ("usernameNormal" NOT LIKE '%@%' OR "usernameNormal" = COALESCE("emailNormal", ''))
    )`,
    `CREATE UNIQUE INDEX "user_username" ON "user" ("tenantId", "usernameNormal")`,
    `CREATE UNIQUE INDEX "user_email" ON "user" ("tenantId", "emailNormal") WHERE "emailNormal" IS NOT NULL`,

    `CREATE TABLE "credential" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "userId" uuid NOT NULL,
      "type" text NOT NULL CONSTRAINT "credential_type" CHECK ("type" IN ('password', 'totp', 'passkey', 'recovery-code')),
      "name" text,
      "secret" text NOT NULL,
      "failures" integer NOT NULL,
      "lastFailureAt" timestamptz,
      "blockedUntil" timestamptz,
      "disabledAt" timestamptz,
      "lastUsedAt" timestamptz,
      "createdAt" timestamptz NOT NULL,
      "updatedAt" timestamptz NOT NULL,
      CONSTRAINT "credential_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "credential_user" FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "credential_of_user" ON "credential" ("tenantId", "userId", "type")`,
    `CREATE UNIQUE INDEX "credential_one_password" ON "credential" ("tenantId", "userId") WHERE "type" = 'password'`,

    `CREATE TABLE "unknown_login" (
      "tenantId" uuid NOT NULL,
      "loginHash" text NOT NULL,
      "failures" integer NOT NULL,
      "lastFailureAt" timestamptz NOT NULL,
      "blockedUntil" timestamptz,
      "disabledAt" timestamptz,
      CONSTRAINT "unknown_login_pk" PRIMARY KEY ("tenantId", "loginHash")
    )`,
    `CREATE INDEX "unknown_login_age" ON "unknown_login" ("lastFailureAt")`,

    `CREATE TABLE "role" (
      "tenantId" uuid NOT NULL CONSTRAINT "role_tenant" REFERENCES "tenant" ("id"),
      "id" uuid NOT NULL,
      "name" text NOT NULL,
      "displayName" text NOT NULL,
      "description" text NOT NULL,
      "builtIn" boolean NOT NULL,
      "createdAt" timestamptz NOT NULL,
      "updatedAt" timestamptz NOT NULL,
      CONSTRAINT "role_pk" PRIMARY KEY ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "role_name" ON "role" ("tenantId", "name")`,

    `CREATE TABLE "permission" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "resourceId" uuid NOT NULL,
      "key" text NOT NULL,
      "description" text NOT NULL,
      "builtIn" boolean NOT NULL,
      "createdAt" timestamptz NOT NULL,
      CONSTRAINT "permission_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "permission_resource" FOREIGN KEY ("tenantId", "resourceId") REFERENCES "resource" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "permission_key" ON "permission" ("tenantId", "resourceId", "key")`,

    `CREATE TABLE "role_permission" (
      "tenantId" uuid NOT NULL,
      "roleId" uuid NOT NULL,
      "permissionId" uuid NOT NULL,
      CONSTRAINT "role_permission_pk" PRIMARY KEY ("tenantId", "roleId", "permissionId"),
      CONSTRAINT "role_permission_role" FOREIGN KEY ("tenantId", "roleId") REFERENCES "role" ("tenantId", "id") ON DELETE CASCADE,
      CONSTRAINT "role_permission_permission" FOREIGN KEY ("tenantId", "permissionId") REFERENCES "permission" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "role_permission_of_permission" ON "role_permission" ("tenantId", "permissionId")`,

    `CREATE TABLE "user_role" (
      "tenantId" uuid NOT NULL,
      "userId" uuid NOT NULL,
      "roleId" uuid NOT NULL,
      "createdAt" timestamptz NOT NULL,
      CONSTRAINT "user_role_pk" PRIMARY KEY ("tenantId", "userId", "roleId"),
      CONSTRAINT "user_role_user" FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id") ON DELETE CASCADE,
      CONSTRAINT "user_role_role" FOREIGN KEY ("tenantId", "roleId") REFERENCES "role" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "user_role_of_role" ON "user_role" ("tenantId", "roleId")`,

    `CREATE TABLE "client_role" (
      "tenantId" uuid NOT NULL,
      "clientId" uuid NOT NULL,
      "roleId" uuid NOT NULL,
      "createdAt" timestamptz NOT NULL,
      CONSTRAINT "client_role_pk" PRIMARY KEY ("tenantId", "clientId", "roleId"),
      CONSTRAINT "client_role_client" FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id") ON DELETE CASCADE,
      CONSTRAINT "client_role_role" FOREIGN KEY ("tenantId", "roleId") REFERENCES "role" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "client_role_of_role" ON "client_role" ("tenantId", "roleId")`,
  ],
};
