import {
  brokenIndexes,
  clockDifference,
  type Database,
  examineDatabase,
  lastJobRuns,
  registeredSealedColumns,
  type SealedColumn,
  SealedColumns,
} from '@tokenidp/database';
import { keysWithoutSuccessor } from '@tokenidp/keys';
import { Envelope, MasterKeys } from '@tokenidp/kernel';
import { disabledWebhooks } from '@tokenidp/webhooks';
import type { Environment } from '../../config/env';
import { type Check, doubtful, ok, wrong } from './check';
import { JOB_MINUTES } from './job-minutes';

const MAX_SKEW_MS = 5000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SAMPLE = 100;
const LONGEST_WAIT = 2;

/** What is stored, as it is: nothing is migrated, begun or changed. */
export async function databaseChecks({ databaseUrl: url, dataDir, masterKeys }: Environment): Promise<Check[]> {
  try {
    const keys = new MasterKeys(masterKeys);
    const found = await examineDatabase({ url, dataDir }, async (database) => [
      ...(await indexes(database)),
      await clock(database),
      ...(await jobs(database)),
      ...(await secrets(database, new Envelope(keys))),
      ...(await signingKeys(database)),
      ...(await webhooks(database)),
    ]);
    return found ?? [doubtful('data', 'the embedded database does not run', 'start the server, then look again')];
  } catch (error) {
    const cause = `it cannot be looked at: ${(error as Error).message}`;
    return [wrong('data', cause, 'let DATABASE_URL name a database that is there, and start the server once')];
  }
}

async function indexes(database: Database): Promise<Check[]> {
  const { missing, invalid } = await brokenIndexes(database);
  const fix =
    'make them anew as libs/database/src/migrations says (REINDEX, or ALTER INDEX … REBUILD, where one is there)';
  const found = [
    ...(missing.length > 0 ? [wrong('indexes', `missing: ${missing.join(', ')}`, fix)] : []),
    ...(invalid.length > 0 ? [wrong('indexes', `of no use: ${invalid.join(', ')}`, fix)] : []),
  ];
  return found.length > 0 ? found : [ok('indexes', 'all that the migrations make are there')];
}

async function clock(database: Database): Promise<Check> {
  const difference = Math.abs(await clockDifference(database));
  if (difference <= MAX_SKEW_MS) return ok('database clock', 'it agrees with the clock here');
  const cause = `it differs by ${Math.round(difference / 1000)} seconds from the clock here`;
  return wrong('database clock', cause, 'let both follow a time server');
}

async function jobs(database: Database): Promise<Check[]> {
  const last = await lastJobRuns(database);
  const late = Object.entries(JOB_MINUTES).filter(([job, minutes]) => {
    const at = last.get(job)?.getTime();
    return at !== undefined && Date.now() - at > LONGEST_WAIT * minutes * MINUTE_MS;
  });
  if (late.length === 0) return [ok('jobs', 'each has run when it should')];
  return late.map(([job]) => {
    const cause = `${job} was begun last at ${last.get(job)!.toISOString()}`;
    return wrong('jobs', cause, 'see that a server runs, and in its log and at /jobs why the job fails');
  });
}

/** What another master key has sealed is looked at first: it is what a forgotten one takes away. */
async function secrets(database: Database, envelope: Envelope): Promise<Check[]> {
  const columns = new SealedColumns(database);
  const found: Check[] = [];
  for (const column of registeredSealedColumns()) {
    const lost = await lostKeys(columns, column, envelope);
    if (lost.length === 0) continue;
    const cause = `${column.name} holds what cannot be opened, sealed under ${lost.join(', ')}`;
    found.push(wrong('secrets', cause, 'add the master key of that id behind the others in MASTER_KEY'));
  }
  return found.length > 0 ? found : [ok('secrets', 'the master keys open what is stored sealed')];
}

async function lostKeys(columns: SealedColumns, column: SealedColumn, envelope: Envelope): Promise<string[]> {
  const others = await columns.sealedOtherwise(column, envelope.prefix, { take: SAMPLE });
  const any = await columns.sealedOtherwise(column, '-', { take: SAMPLE });
  const lost = [...others, ...any].filter((row) => {
    try {
      envelope.open(column.objectOf(row), row.sealed);
      return false;
    } catch {
      return true;
    }
  });
  return [...new Set(lost.map(({ sealed }) => sealed.split('.')[1] ?? '?'))].sort();
}

async function signingKeys(database: Database): Promise<Check[]> {
  const keys = await keysWithoutSuccessor(database, new Date(Date.now() - HOUR_MS));
  if (keys.length === 0) return [ok('signing keys', 'each has its successor in time')];
  return keys.map(({ tenantId, kid, alg, dueAt }) => {
    const cause = `the successor of the ${alg} key ${kid} (tenant ${tenantId}) was due at ${dueAt.toISOString()}`;
    return wrong('signing keys', cause, 'see why the job key-rotation fails, or run `tokenidp keys rotate`');
  });
}

async function webhooks(database: Database): Promise<Check[]> {
  const disabled = await disabledWebhooks(database);
  if (disabled.length === 0) return [ok('webhooks', 'none was disabled by its failures')];
  return disabled.map(({ tenantId, id, name, disabledReason }) => {
    const cause = `"${name}" (${id}, tenant ${tenantId}) was disabled. ${disabledReason}`;
    return doubtful('webhooks', cause, 'mend its receiver, test it, and enable it again');
  });
}
