import type { DataSource, QueryRunner } from 'typeorm';

interface RunnerInternals {
  databaseConnection: unknown;
  isTransactionActive: boolean;
  transactionDepth: number;
  isReleased: boolean;
}

/** A query runner on a connection whose transaction we have opened ourselves; TypeORM has no public way to make one. */
export function adoptConnection(dataSource: DataSource, connection: unknown): QueryRunner {
  const runner = dataSource.createQueryRunner('master');
  const internals = runner as unknown as RunnerInternals;
  internals.databaseConnection = connection;
  internals.isTransactionActive = true;
  internals.transactionDepth = 1;
  return runner;
}

/** From now on every call on it fails: the connection may serve somebody else. */
export function retireRunner(runner: QueryRunner | undefined): void {
  if (runner) (runner as unknown as RunnerInternals).isReleased = true;
}
