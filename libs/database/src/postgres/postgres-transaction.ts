import type { PoolClient } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Transaction } from '../transaction';

interface OpenQueryRunner {
  databaseConnection: unknown;
  isTransactionActive: boolean;
  transactionDepth: number;
  isReleased: boolean;
}

/** A query runner that works on a connection whose transaction we have opened ourselves. */
export function adoptConnection(dataSource: DataSource, connection: unknown): QueryRunner {
  const runner = dataSource.createQueryRunner('master');
  const open = runner as unknown as OpenQueryRunner;
  open.databaseConnection = connection;
  open.isTransactionActive = true;
  open.transactionDepth = 1;
  return runner;
}

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
    if (this.runner) (this.runner as unknown as OpenQueryRunner).isReleased = true;
  }
}
