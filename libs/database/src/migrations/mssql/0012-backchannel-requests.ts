import type { Migration } from '../migration';

/**
 * `authorizationId` has no foreign key: the authorization is written in the statement that names it here, and may be
 * purged before. Without a user a request is about somebody that nobody knows, and expires as if nobody answered.
 */
export const migration: Migration = {
  number: 12,
  name: 'backchannel-requests',
  statements: [
    `CREATE TABLE "backchannel_request" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "userId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "authReqIdHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "parameters" nvarchar(max) NOT NULL,
      "bindingMessage" nvarchar(max) NULL,
      "notification" nvarchar(max) NULL,
      "intervalSeconds" int NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "expiresAt" datetimeoffset(3) NOT NULL,
      "polledAt" datetimeoffset(3) NULL,
      "decidedAt" datetimeoffset(3) NULL,
      "authorizationId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "redeemedAt" datetimeoffset(3) NULL,
      CONSTRAINT "backchannel_request_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "backchannel_request_client" FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id"),
      CONSTRAINT "backchannel_request_user" FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "backchannel_request_auth_req_id" ON "backchannel_request" ("tenantId", "authReqIdHash")`,
    `CREATE INDEX "backchannel_request_by_user" ON "backchannel_request" ("tenantId", "userId")`,
    `CREATE INDEX "backchannel_request_by_end" ON "backchannel_request" ("expiresAt")`,
  ],
};
