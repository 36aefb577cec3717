import type { DataSource } from 'typeorm';
import type { EngineName } from './engine';
import type { ParameterTypes, ParameterValues } from './parameters';
import type { Statement } from './statement';
import type { Transaction } from './transaction';

/** Told of each statement sent by name; `begin`, `commit` and `rollback` are told too. */
export type StatementObserver = (name: string, text: string) => void;

/** What an engine has to be able to do; one per engine. */
export interface StatementDriver {
  readonly engine: EngineName;
  observer: StatementObserver | undefined;
  rows(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<unknown[]>;
  execute(statement: Statement, parameters: object, tx: Transaction | undefined): Promise<number>;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  ping(): Promise<void>;
  /** Ends the connections it has beside the data source's. */
  close(): Promise<void>;
}

/**
 * The one door to the database for statements that are known by name.
 * Every method throws kernel's `UnavailableError` when the database cannot be reached.
 */
export class Database {
  private readonly observers = new Set<StatementObserver>();

  constructor(
    readonly dataSource: DataSource,
    private readonly driver: StatementDriver,
    private readonly release: () => Promise<void> = async () => {},
  ) {}

  get engine(): EngineName {
    return this.driver.engine;
  }

  /** The statement's rows: instants as Date, JSON parsed, bigint columns as number. */
  rows<Row, P extends ParameterTypes = ParameterTypes>(
    statement: Statement<P>,
    parameters: ParameterValues<NoInfer<P>>,
    tx?: Transaction,
  ): Promise<Row[]> {
    return this.driver.rows(statement as unknown as Statement, parameters, tx) as Promise<Row[]>;
  }

  /** How many rows the statement changed. */
  execute<P extends ParameterTypes>(
    statement: Statement<P>,
    parameters: ParameterValues<NoInfer<P>>,
    tx?: Transaction,
  ): Promise<number> {
    return this.driver.execute(statement as unknown as Statement, parameters, tx);
  }

  /** Commits when `work` resolves, rolls back when it rejects. Not nestable: pass `tx` on. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.driver.transaction(work);
  }

  /** Resolves when a statement went to the database and back. */
  ping(): Promise<void> {
    return this.driver.ping();
  }

  /** Watches the statements sent from now on; returns how to stop. For tests and benchmarks. */
  observe(observer: StatementObserver): () => void {
    this.observers.add(observer);
    this.tellObservers();
    return () => {
      this.observers.delete(observer);
      this.tellObservers();
    };
  }

  async close(): Promise<void> {
    await this.driver.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.release();
  }

  /** Nobody watching costs nothing. */
  private tellObservers(): void {
    const tell: StatementObserver = (name, text) => {
      for (const observer of this.observers) observer(name, text);
    };
    this.driver.observer = this.observers.size > 0 ? tell : undefined;
  }
}
