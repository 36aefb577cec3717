import { Injectable } from '@nestjs/common';
import { ClientObserver } from '@tokenidp/clients';
import { Database, statement, type Transaction } from '@tokenidp/database';

const DELETE_OF_CLIENT = statement({
  name: 'login.session-client.delete-of-client',
  parameters: { tenantId: 'id', clientId: 'id' },
  sql: `DELETE FROM "session_client" WHERE "tenantId" = :tenantId AND "clientId" = :clientId`,
});

/** Which clients take part in sessions: one that is gone takes part in none. */
@Injectable()
export class SessionClientsRepository extends ClientObserver {
  constructor(private readonly database: Database) {
    super();
  }

  /** A session goes on without the client; who has signed in stays so. */
  override async clientEnded(): Promise<void> {}

  override async clientDeleted(tenantId: string, clientId: string, tx: Transaction): Promise<void> {
    await this.database.execute(DELETE_OF_CLIENT, { tenantId, clientId }, tx);
  }
}
