import type { Migration } from '../migration';

/** Requests of devices and back-channel requests, as administrators list them. */
export const migration: Migration = {
  number: 28,
  name: 'orders-of-requests',
  statements: [
    `CREATE INDEX "device_authorization_by_creation" ON "device_authorization" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "backchannel_request_by_creation" ON "backchannel_request" ("tenantId", "createdAt", "id")`,
  ],
};
