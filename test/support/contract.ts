import { Logger } from '@nestjs/common';
import { type Database, type Invalidations, type OpenDatabase, openDatabase } from '@tokenidp/database';
import { createOn, createTestDatabase, type TestDatabase } from './database';
import { createMssqlDatabase } from './mssql-database';

Logger.overrideLogger(false);

interface Server {
  readonly name: string;
  /** undefined where there is none to test on */
  readonly create: (() => Promise<TestDatabase>) | undefined;
}

function servers(): Server[] {
  const { TEST_POSTGRES_URL, TEST_MSSQL_URL } = process.env;
  const all: Server[] = [{ name: 'the embedded PostgreSQL', create: createTestDatabase }];
  if (TEST_POSTGRES_URL) all.push({ name: 'PostgreSQL', create: () => createOn(TEST_POSTGRES_URL) });
  all.push({ name: 'SQL Server', create: TEST_MSSQL_URL ? () => createMssqlDatabase(TEST_MSSQL_URL) : undefined });
  return all;
}

/** One migrated database and as many instances on it as a test opens. */
export class ContractContext {
  private test: TestDatabase | undefined;
  private readonly opened: OpenDatabase[] = [];

  constructor(
    private readonly server: Server,
    private readonly entities: Function[],
  ) {}

  get database(): Database {
    return this.opened[0]!.database;
  }

  get invalidations(): Invalidations {
    return this.opened[0]!.invalidations;
  }

  get url(): string {
    return this.test!.url;
  }

  /** Another instance of the server on the same database. */
  async another(): Promise<OpenDatabase> {
    const open = await openDatabase({ url: this.url, dataDir: '', entities: this.entities });
    this.opened.push(open);
    return open;
  }

  async begin(): Promise<void> {
    this.test = await this.server.create!();
    await this.another();
  }

  async end(): Promise<void> {
    for (const open of this.opened.reverse()) await open.close();
    await this.test?.drop();
  }
}

/** Runs a suite on every database there is, and says which there was not. */
export function onEveryDatabase(
  title: string,
  suite: (context: ContractContext) => void,
  entities: Function[] = [],
): void {
  for (const server of servers()) {
    if (server.create === undefined) {
      process.stderr.write(`\n*** ${title}: ${server.name} WAS NOT TESTED (TEST_MSSQL_URL is not set) ***\n`);
    }
    const run = server.create === undefined ? describe.skip : describe;
    run(`${title} on ${server.name}`, () => {
      const context = new ContractContext(server, entities);
      beforeAll(() => context.begin());
      afterAll(() => context.end());
      suite(context);
    });
  }
}
