import type { Transaction as MssqlConnection } from 'mssql';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { adoptConnection, retireRunner } from '../adopt-connection';
import { Transaction } from '../transaction';

/** SQL Server's connections take one request at a time: calls made at once wait for each other. */
export class MssqlTransaction extends Transaction {
  private runner: QueryRunner | undefined;
  private ended = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly transaction: MssqlConnection,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  get manager(): EntityManager {
    this.assertOpen();
    this.runner ??= adoptConnection(this.dataSource, this.transaction);
    return this.runner.manager;
  }

  /** @throws Error when the transaction is over */
  inTurn<T>(work: (connection: MssqlConnection) => Promise<T>): Promise<T> {
    this.assertOpen();
    const turn = this.last.then(() => work(this.transaction));
    this.last = turn.catch(() => {});
    return turn;
  }

  end(): void {
    this.ended = true;
    retireRunner(this.runner);
  }

  private assertOpen(): void {
    if (this.ended) throw new Error('the transaction has ended');
  }
}
