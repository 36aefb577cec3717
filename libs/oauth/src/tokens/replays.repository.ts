import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';

const SPEND = statement({
  name: 'oauth.replay.spend',
  parameters: { tenantId: 'id', key: 'hash', expiresAt: 'instant' },
  postgres: `
    INSERT INTO replay ("tenantId", "key", "expiresAt") VALUES (:tenantId, :key, :expiresAt)
    ON CONFLICT DO NOTHING`,
  mssql: `
    INSERT INTO replay ("tenantId", "key", "expiresAt") SELECT :tenantId, :key, :expiresAt
    WHERE NOT EXISTS (
      SELECT 1 FROM replay WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = :tenantId AND "key" = :key)`,
});

@Injectable()
export class ReplaysRepository {
  constructor(private readonly database: Database) {}

  /** True for the first use of the key, on whichever instance; false ever after, until it has expired. */
  async spend(tenantId: string, key: string, expiresAt: Date): Promise<boolean> {
    return (await this.database.execute(SPEND, { tenantId, key, expiresAt })) === 1;
  }
}
