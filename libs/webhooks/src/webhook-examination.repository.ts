import { type Database, statement } from '@tokenidp/database';

const DISABLED = statement({
  name: 'webhooks.examination.disabled',
  parameters: {},
  sql: `SELECT "tenantId", "id", "name", "disabledReason" FROM "webhook"
    WHERE "status" = 'disabled' AND "disabledReason" IS NOT NULL
    ORDER BY "updatedAt", "id" OFFSET 0 ROWS FETCH NEXT 20 ROWS ONLY`,
});

/** Of all tenants: what their failures have disabled, for whoever looks after the server. */
export function disabledWebhooks(
  database: Database,
): Promise<{ tenantId: string; id: string; name: string; disabledReason: string }[]> {
  return database.rows(DISABLED, {});
}
