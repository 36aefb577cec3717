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
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "clientId" uuid NOT NULL,
      "userId" uuid,
      "authReqIdHash" text NOT NULL,
      "parameters" jsonb NOT NULL,
      "bindingMessage" text,
      "notification" text,
      "intervalSeconds" integer NOT NULL,
      "createdAt" timestamptz NOT NULL,
      "expiresAt" timestamptz NOT NULL,
      "polledAt" timestamptz,
      "decidedAt" timestamptz,
      "authorizationId" uuid,
      "redeemedAt" timestamptz,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id"),
      FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "backchannel_request_auth_req_id" ON "backchannel_request" ("tenantId", "authReqIdHash")`,
    `CREATE INDEX "backchannel_request_by_user" ON "backchannel_request" ("tenantId", "userId")`,
    `CREATE INDEX "backchannel_request_by_end" ON "backchannel_request" ("expiresAt")`,
  ],
};
