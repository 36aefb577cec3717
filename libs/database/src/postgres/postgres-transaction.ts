import type { PoolClient } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { adoptConnection, retireRunner } from '../adopt-connection';
import { Transaction } from '../transaction';

/** TypeORM's runner is made only when a repository asks for it: the prepared path never pays for it. */
export class PostgresTransaction extends Transaction {
  private runner: QueryRunner | undefined;
  private ended = false;

  constructor(
    private readonly client: PoolClient,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** @throws Error when the transaction is over: the connection may by then serve somebody else. */
  get connection(): PoolClient {
    if (this.ended) throw new Error('the transaction has ended');
    return this.client;
  }

  get manager(): EntityManager {
    this.runner ??= adoptConnection(this.dataSource, this.connection);
    return this.runner.manager;
  }

  end(): void {
    this.ended = true;
    retireRunner(this.runner);
  }
}
