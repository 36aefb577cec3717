import type { Pool, PoolClient, QueryResult } from 'pg';
import { type DataSource, TypeORMError } from 'typeorm';
import type { StatementDriver, StatementObserver } from '../database';
import { translateFailure } from '../failures';
import type { Statement } from '../statement';
import { encodeParameters } from '../statement-compiler';
import type { Transaction } from '../transaction';
import { gather } from './gather';
import type { ListReaders } from './list-readers';
import { PostgresTransaction } from './postgres-transaction';
import type { SharedReaders } from './shared-readers';

const ignore = (): void => {};

async function orUnavailable<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw translateFailure(error);
  }
}

/** Named prepared statements straight through `pg`: reads on shared connections, all else on TypeORM's own pool. */
export class PostgresDriver implements StatementDriver {
  readonly engine = 'postgres';
  observer: StatementObserver | undefined;
  private readonly pool: Pool;

  constructor(
    private readonly dataSource: DataSource,
    private readonly readers: SharedReaders,
    private readonly lists: ListReaders,
  ) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
  }

  async rows(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<unknown[]> {
    return (await this.run(statement, parameters, tx)).rows;
  }

  async execute(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<number> {
    return (await this.run(statement, parameters, tx)).rowCount ?? 0;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await orUnavailable(this.pool.connect());
    const tx = new PostgresTransaction(client, this.dataSource);
    const result = await this.commitOrRollBack(client, tx, work);
    tx.committed();
    return result;
  }

  async ping(): Promise<void> {
    await orUnavailable(this.pool.query('SELECT 1'));
  }

  async close(): Promise<void> {
    await Promise.all([this.readers.close(), this.lists.close()]);
  }

  private async commitOrRollBack<T>(
    client: PoolClient,
    tx: PostgresTransaction,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    try {
      // Not awaited: in pipeline mode BEGIN travels with the first statement.
      gather(client);
      const begin = this.command(client, 'BEGIN');
      begin.catch(ignore);
      const result = await work(tx);
      await begin;
      tx.end();
      await this.commit(client);
      client.release();
      return result;
    } catch (error) {
      tx.end();
      await this.rollback(client);
      throw error instanceof TypeORMError ? translateFailure(error) : error;
    }
  }

  private async run(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<QueryResult> {
    const compiled = statement.on('postgres');
    const { text } = compiled;
    const values = encodeParameters(compiled, parameters as Record<string, unknown>);
    if (this.observer !== undefined) this.observer(statement.name, text);
    // Without a name it is planned each time; one name has one text only.
    const query = { name: statement.isPrepared ? statement.name : undefined, text, values };
    try {
      if (tx !== undefined) return await (tx as PostgresTransaction).connection.query(query);
      if (!statement.isPrepared) return await this.lists.query(query);
      return await ((statement.isPlainRead ? this.readers.query(query) : undefined) ?? this.pool.query(query));
    } catch (error) {
      throw translateFailure(error);
    }
  }

  private command(client: PoolClient, text: string): Promise<QueryResult> {
    if (this.observer !== undefined) this.observer(text.toLowerCase(), text);
    return orUnavailable(client.query(text));
  }

  private async commit(client: PoolClient): Promise<void> {
    const { command } = await this.command(client, 'COMMIT');
    // PostgreSQL answers COMMIT of a failed transaction with a ROLLBACK and no error.
    if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back');
  }

  private async rollback(client: PoolClient): Promise<void> {
    try {
      await this.command(client, 'ROLLBACK');
      client.release();
    } catch {
      client.release(true);
    }
  }
}
