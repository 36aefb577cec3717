import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Test, type TestingModule } from '@nestjs/testing';
import { AUDIT_ENTITIES, AuditModule, AuditService } from '@tokenidp/audit';
import { Database, DatabaseModule, DatabaseOptions, statement } from '@tokenidp/database';
import {
  KEYS_ENTITIES,
  KeyRewrapService,
  KeyRotationService,
  KeysModule,
  KeysService,
  type SigningAlgorithm,
  Signer,
  Verifier,
} from '@tokenidp/keys';
import { Clock, Envelope, type MasterKey, MasterKeys } from '@tokenidp/kernel';
import { TENANCY_ENTITIES, TenancyModule, TenancyOptions, type Tenant, TenantsService } from '@tokenidp/tenancy';
import { randomBytes } from 'node:crypto';
import { ClosedAdministrationModule } from './closed-administration';
import { TestClock } from './clock';
import { createTestDatabase, type TestDatabase } from './database';

/** One instance of the keys lib with everything below it; several may share a database and a clock. */
export interface KeysInstance {
  module: TestingModule;
  database: Database;
  tenants: TenantsService;
  audit: AuditService;
  keys: KeysService;
  signer: Signer;
  verifier: Verifier;
  rotation: KeyRotationService;
  rewrapping: KeyRewrapService;
  close(): Promise<void>;
}

@Global()
@Module({})
class ConfigurationModule {}

export const newMasterKey = (id: string): MasterKey => ({ id, key: randomBytes(32) });

export async function openKeysInstance(
  url: string,
  clock: TestClock,
  masterKeys: readonly MasterKey[],
): Promise<KeysInstance> {
  const keys = new MasterKeys(masterKeys);
  const entities = [...TENANCY_ENTITIES, ...AUDIT_ENTITIES, ...KEYS_ENTITIES];
  const publicUrl = new URL('https://id.example.com');
  const providers = [
    { provide: Clock, useValue: clock },
    { provide: MasterKeys, useValue: keys },
    { provide: Envelope, useValue: new Envelope(keys) },
    { provide: DatabaseOptions, useValue: { url, dataDir: '', entities } },
    { provide: TenancyOptions, useValue: { publicUrl, issuerMode: 'path', rootDomain: undefined } },
  ];
  const configured = { module: ConfigurationModule, providers, exports: providers.map(({ provide }) => provide) };
  const imports = [
    configured,
    DatabaseModule,
    ClosedAdministrationModule,
    ScheduleModule.forRoot(),
    TenancyModule,
    AuditModule,
    KeysModule,
  ];
  const module = await Test.createTestingModule({ imports }).compile();
  module.useLogger(false);
  await module.init();
  return {
    module,
    database: module.get(Database),
    tenants: module.get(TenantsService),
    audit: module.get(AuditService),
    keys: module.get(KeysService),
    signer: module.get(Signer),
    verifier: module.get(Verifier),
    rotation: module.get(KeyRotationService),
    rewrapping: module.get(KeyRewrapService),
    close: () => module.close(),
  };
}

const STORED_KEYS = statement({
  name: 'test.signing-keys',
  parameters: { tenantId: 'id' },
  json: ['publicJwk'],
  sql: `SELECT * FROM "signing_key" WHERE "tenantId" = :tenantId ORDER BY "createdAt", "id"`,
});

export interface StoredKey {
  kid: string;
  alg: string;
  state: string;
  wrappedPrivateKey: string | null;
  masterKeyId: string | null;
  createdAt: Date;
  activatedAt: Date | null;
  demotedAt: Date | null;
  retiredAt: Date | null;
  revokedAt: Date | null;
  dueAt: Date | null;
  reason: string | null;
}

/** The rows as they are in the database. */
export function storedKeys(database: Database, tenantId: string): Promise<StoredKey[]> {
  return database.rows(STORED_KEYS, { tenantId });
}

const STORED_EVENTS = statement({
  name: 'test.audit-events',
  parameters: { tenantId: 'id' },
  json: ['detail'],
  sql: `SELECT * FROM "audit_event" WHERE "tenantId" = :tenantId ORDER BY "occurredAt", "id"`,
});

export interface StoredEvent {
  event: string;
  result: string;
  actorType: string;
  actorId: string | null;
  clientId: string | null;
  occurrences: number;
  occurredAt: Date;
  targetId: string | null;
  detail: Record<string, unknown> | null;
  requestId: string | null;
  [column: string]: unknown;
}

export function storedEvents(database: Database, tenantId: string): Promise<StoredEvent[]> {
  return database.rows(STORED_EVENTS, { tenantId });
}

/** One instance on a database of its own, and what its tests ask for again and again. */
export class KeysSuite {
  private made = 0;

  private constructor(
    readonly idp: KeysInstance,
    readonly clock: TestClock,
    readonly masterKey: MasterKey,
    private readonly testDatabase: TestDatabase,
  ) {}

  get url(): string {
    return this.testDatabase.url;
  }

  static async open(): Promise<KeysSuite> {
    const testDatabase = await createTestDatabase();
    const [clock, masterKey] = [new TestClock(), newMasterKey('m1')];
    return new KeysSuite(await openKeysInstance(testDatabase.url, clock, [masterKey]), clock, masterKey, testDatabase);
  }

  async close(): Promise<void> {
    await this.idp.close();
    await this.testDatabase.drop();
  }

  newTenant(...algorithms: SigningAlgorithm[]): Promise<Tenant> {
    const slug = `tenant-${++this.made}`;
    return this.idp.tenants.create({ slug, name: slug, settings: { keys: { algorithms } } });
  }

  claims({ issuer }: Tenant): { iss: string; sub: string; aud: string; iat: number; exp: number } {
    const iat = this.clock.nowSeconds();
    return { iss: issuer, sub: 's', aud: 'https://api.example', iat, exp: iat + 300 };
  }

  sign(tenant: Tenant, algorithm: SigningAlgorithm = 'ES256'): Promise<string> {
    return this.idp.signer.sign(tenant, { algorithm, type: 'at+jwt', claims: this.claims(tenant) });
  }

  async isGood(tenant: Tenant, jwt: string): Promise<boolean> {
    return (await this.idp.verifier.verify(tenant, jwt, { type: 'at+jwt' })) !== null;
  }

  async published({ id }: Tenant): Promise<Record<string, string>[]> {
    // By what its settings are now: they may have been changed since.
    const tenant = (await this.idp.tenants.findById(id))!;
    return (JSON.parse((await this.idp.keys.jwks(tenant)).body) as { keys: Record<string, string>[] }).keys;
  }

  stored({ id }: Tenant): Promise<StoredKey[]> {
    return storedKeys(this.idp.database, id);
  }

  events({ id }: Tenant): Promise<StoredEvent[]> {
    return storedEvents(this.idp.database, id);
  }

  /** `ES256 current`, the oldest first. */
  async states(tenant: Tenant): Promise<string[]> {
    return (await this.stored(tenant)).map(({ alg, state }) => `${alg} ${state}`);
  }

  /** The names of the statements that `work` sent. */
  async statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const names: string[] = [];
    const stop = this.idp.database.observe((name) => names.push(name));
    await work().finally(stop);
    return names;
  }
}

/** For what happens beside the request that caused it. */
export async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come about');
}
