import { Logger } from '@nestjs/common';
import { UnavailableError } from '@tokenidp/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseOptions } from './database-options';
import { startEmbeddedPostgres } from './embedded/embedded-postgres';
import { chooseEngine, type EngineChoice } from './engine';
import { translateFailure } from './failures';
import type { OpenDatabase } from './opened';
import { migrateMssql, openMssql } from './mssql/open-mssql';
import { migratePostgres, openPostgres } from './postgres/open-postgres';

/** A database that is started beside us may need a while. */
const PATIENCE_MS = 30_000;
const TRY_AGAIN_MS = 500;

const logger = new Logger('Database');

/**
 * Starts the embedded server when no URL is given, migrates, connects, and listens for invalidations.
 * @throws Error with a message for the operator
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const choice = chooseEngine(options.url);
  return choice.embedded ? openEmbedded(options) : openRemote(choice, options.entities);
}

/** Brings the schema of `url` up to date without opening it for use; returns how many migrations were run. */
export function migrateDatabase(url: string): Promise<number> {
  const choice = chooseEngine(url);
  if (choice.embedded) throw new Error('the embedded database is migrated when it is opened');
  return migrateRemote(choice);
}

async function openEmbedded({ dataDir, entities }: DatabaseOptions): Promise<OpenDatabase> {
  const server = await startEmbeddedPostgres({
    dataDir,
    onRestart: (reason) => logger.error(`the embedded database is started again: ${reason}`),
  });
  const location = { socketDir: server.socketDir };
  try {
    report(await migratePostgres(location));
    return await openPostgres(location, entities, () => server.stop());
  } catch (error) {
    await server.stop();
    throw error;
  }
}

type RemoteChoice = Extract<EngineChoice, { embedded: false }>;

async function openRemote(choice: RemoteChoice, entities: Function[]): Promise<OpenDatabase> {
  report(await patiently(() => migrateRemote(choice)));
  if (choice.engine === 'mssql') return openMssql(choice.url, entities);
  return openPostgres({ url: choice.url }, entities, async () => {});
}

function migrateRemote({ engine, url }: RemoteChoice): Promise<number> {
  return engine === 'mssql' ? migrateMssql(url) : migratePostgres({ url });
}

function report(migrations: number): void {
  if (migrations > 0) logger.log(`${migrations} migrations applied`);
}

/** Tries again while the database cannot be reached; any other failure is final. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isAway = translateFailure(error) instanceof UnavailableError;
      if (!isAway) throw error;
      const why = (error as Error).message;
      if (performance.now() > until) throw new Error(`the database cannot be reached: ${why}`, { cause: error });
      if (attempt === 1) logger.warn(`the database cannot be reached yet: ${why}`);
      await sleep(TRY_AGAIN_MS);
    }
  }
}
