import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';

/** All that refers to a client, in an order in which nothing is left behind; codes and tokens fall with authorizations. */
const TABLES = [
  'interaction',
  'pushed_request',
  'device_authorization',
  'backchannel_request',
  'access_token',
  'authorization',
  'consent',
] as const;

const statements = TABLES.map((table) =>
  statement({
    name: `oauth.client-deletion.${table}`,
    parameters: { tenantId: 'id', clientId: 'id' },
    sql: `DELETE FROM "${table}" WHERE "tenantId" = :tenantId AND "clientId" = :clientId`,
  }),
);

@Injectable()
export class ClientDeletionRepository {
  constructor(private readonly database: Database) {}

  /** One statement a table; the last of them leaves nothing that a token of the client could stand on. */
  async deleteOfClient(tenantId: string, clientId: string, tx: Transaction): Promise<void> {
    for (const each of statements) await this.database.execute(each, { tenantId, clientId }, tx);
  }
}
