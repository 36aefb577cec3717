import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggerService, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@tokenidp/database';
import { type NewTenant, type Tenant, TenantsService } from '@tokenidp/tenancy';
import { createIdp } from '../../apps/idp/src/bootstrap';
import { readEnvironment } from '../../apps/idp/src/config/env';
import { TestClock } from './clock';
import { createTestDatabase } from './database';
import { freePort } from './free-port';

export interface IdpOptions {
  /** the database of another instance; a fresh one of its own when absent */
  databaseUrl?: string;
  environment?: Record<string, string>;
  /** the master key of another instance on the same database */
  masterKey?: string;
  clock?: TestClock;
  logger?: LoggerService;
}

/** The real server on a real port with a real database. */
export interface TestIdp {
  readonly origin: string;
  readonly application: NestFastifyApplication;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly masterKey: string;
  readonly clock: TestClock;
  get<T>(service: Type<T> | (abstract new (...args: never[]) => T)): T;
  createTenant(input: Partial<NewTenant> & { slug: string }): Promise<Tenant>;
  close(): Promise<void>;
}

export async function startIdp(options: IdpOptions = {}): Promise<TestIdp> {
  const own = options.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? own?.url ?? '';
  const masterKey = options.masterKey ?? randomBytes(32).toString('base64');
  const clock = options.clock ?? new TestClock();
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'idp-test-'));
  const environment = readEnvironment({
    NODE_ENV: 'test',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    MASTER_KEY: masterKey,
    ...options.environment,
  });
  const application = await createIdp(environment, { clock, logger: options.logger ?? false });
  await application.get(TenantsService).createSystemTenant();
  await application.listen(environment.port, '127.0.0.1');
  return {
    origin: `${environment.tls.secure ? 'https' : 'http'}://localhost:${environment.port}`,
    application,
    database: application.get(Database),
    databaseUrl,
    masterKey,
    clock,
    get: (service) => application.get(service as Type),
    createTenant: (input) => application.get(TenantsService).create({ name: input.slug, ...input }),
    close: async () => {
      await application.close();
      await own?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Another instance of the same server: same database, same keys, same public URL, a port of its own. */
export function startSibling(idp: TestIdp, environment: Record<string, string> = {}): Promise<TestIdp> {
  return startIdp({
    databaseUrl: idp.databaseUrl,
    masterKey: idp.masterKey,
    clock: idp.clock,
    environment: { PUBLIC_URL: idp.origin, ...environment },
  });
}
