import type { ConnectionPool, IResult, Request, Transaction as MssqlConnection } from 'mssql';
import { type DataSource, TypeORMError } from 'typeorm';
import type { StatementDriver, StatementObserver } from '../database';
import { translateFailure } from '../failures';
import type { Statement } from '../statement';
import { type CompiledStatement, encodeParameters } from '../statement-compiler';
import type { Transaction } from '../transaction';
import { type MssqlModule, mssqlType } from './mssql-parameters';
import { MssqlTransaction } from './mssql-transaction';

type Row = Record<string, unknown>;

/** Typed requests straight through `mssql`, on TypeORM's own pool; SQL Server keeps the plan by the text. */
export class MssqlDriver implements StatementDriver {
  readonly engine = 'mssql';
  observer: StatementObserver | undefined;
  private readonly sql: MssqlModule;
  private readonly pool: ConnectionPool;

  /** `pool` for work that is to have connections of its own. */
  constructor(
    private readonly dataSource: DataSource,
    pool?: ConnectionPool,
  ) {
    const driver = dataSource.driver as unknown as { mssql: MssqlModule; master: ConnectionPool };
    this.sql = driver.mssql;
    this.pool = pool ?? driver.master;
  }

  async rows(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<unknown[]> {
    const { recordsets } = await this.run(statement, parameters, tx);
    const last = (recordsets as unknown as { columns?: object }[] & Row[][]).at(-1) ?? [];
    return this.readable(last as Row[], statement);
  }

  async execute(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<number> {
    return (await this.run(statement, parameters, tx)).rowsAffected.at(-1) ?? 0;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const connection = new this.sql.Transaction(this.pool);
    // Without a listener an abort by the server would be an uncaught exception.
    connection.on('error', () => {});
    await this.command('begin', () => connection.begin());
    const tx = new MssqlTransaction(connection, this.dataSource);
    try {
      const result = await work(tx);
      tx.end();
      await this.command('commit', () => connection.commit());
      tx.committed();
      return result;
    } catch (error) {
      tx.end();
      // Refused when the server has rolled back already.
      await this.command('rollback', () => connection.rollback()).catch(() => {});
      throw error instanceof TypeORMError ? translateFailure(error) : error;
    }
  }

  async ping(): Promise<void> {
    try {
      await new this.sql.Request(this.pool).query('SELECT 1 AS "one"');
    } catch (error) {
      throw translateFailure(error);
    }
  }

  async close(): Promise<void> {}

  private async run(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<IResult<Row>> {
    const compiled = statement.on('mssql');
    const values = encodeParameters(compiled, parameters as Row);
    const send = (connection: ConnectionPool | MssqlConnection): Promise<IResult<Row>> => {
      this.observer?.(statement.name, compiled.text);
      return this.request(connection, compiled, values).query<Row>(compiled.text);
    };
    try {
      return await (tx === undefined ? send(this.pool) : (tx as MssqlTransaction).inTurn(send));
    } catch (error) {
      throw translateFailure(error);
    }
  }

  private request(
    connection: ConnectionPool | MssqlConnection,
    { types }: CompiledStatement,
    values: unknown[],
  ): Request {
    const request = new this.sql.Request(connection as ConnectionPool);
    types.forEach((type, index) => {
      request.input(`p${index}`, mssqlType(this.sql, type, values[index]), values[index]);
    });
    return request;
  }

  private async command(name: string, send: () => Promise<unknown>): Promise<void> {
    this.observer?.(name, name.toUpperCase());
    try {
      await send();
    } catch (error) {
      throw translateFailure(error);
    }
  }

  /** What PostgreSQL's driver answers of itself: JSON parsed, bigint as number. */
  private readable(rows: Row[], statement: Statement): Row[] {
    const columns = Object.values(
      (rows as unknown as { columns?: Record<string, { name: string; type: unknown }> }).columns ?? {},
    );
    const bigints = columns.filter(({ type }) => type === this.sql.BigInt).map(({ name }) => name);
    if (bigints.length === 0 && statement.json.length === 0) return rows;
    for (const row of rows) {
      for (const name of bigints) if (typeof row[name] === 'string') row[name] = Number(row[name]);
      for (const name of statement.json)
        if (typeof row[name] === 'string') row[name] = JSON.parse(row[name]) as unknown;
    }
    return rows;
  }
}
