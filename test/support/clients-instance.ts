import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ADMIN_API_ENTITIES } from '@tokenidp/admin-api';
import { AUDIT_ENTITIES } from '@tokenidp/audit';
import {
  ClientKeys,
  ClientOrigins,
  CLIENTS_ENTITIES,
  ClientsModule,
  ClientsService,
  ResourcesService,
} from '@tokenidp/clients';
import { Database, DatabaseModule, DatabaseOptions } from '@tokenidp/database';
import { Clock, Envelope, KeyedHash, MasterKeys, OutboundOptions } from '@tokenidp/kernel';
import {
  TENANCY_ENTITIES,
  TenancyModule,
  TenancyOptions,
  TenantDomainsService,
  TenantInitializers,
  TenantResolver,
  TenantsService,
} from '@tokenidp/tenancy';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestClock } from './clock';
import { ClosedAdministrationModule } from './closed-administration';

export const PUBLIC_URL = 'https://id.example.com';

/** Tenancy and clients as one instance of the server has them. */
export interface ClientsInstance {
  module: TestingModule;
  clock: TestClock;
  database: Database;
  tenants: TenantsService;
  domains: TenantDomainsService;
  resolver: TenantResolver;
  initializers: TenantInitializers;
  clients: ClientsService;
  resources: ResourcesService;
  origins: ClientOrigins;
  keys: ClientKeys;
}

@Global()
@Module({})
class ConfigurationModule {}

export interface InstanceOptions {
  url: string;
  masterKeys: MasterKeys;
  publicUrl?: string;
  /** what a provider class is replaced by */
  overrides?: readonly [token: Function, value: unknown][];
}

export async function openClientsInstance(options: InstanceOptions): Promise<ClientsInstance> {
  const clock = new TestClock();
  const { url, masterKeys } = options;
  const publicUrl = new URL(options.publicUrl ?? PUBLIC_URL);
  const entities = [...TENANCY_ENTITIES, ...AUDIT_ENTITIES, ...ADMIN_API_ENTITIES, ...CLIENTS_ENTITIES];
  const providers = [
    { provide: Clock, useValue: clock },
    { provide: MasterKeys, useValue: masterKeys },
    { provide: KeyedHash, useValue: new KeyedHash(masterKeys) },
    { provide: Envelope, useValue: new Envelope(masterKeys) },
    { provide: DatabaseOptions, useValue: { url, dataDir: '', entities } },
    { provide: TenancyOptions, useValue: { publicUrl, issuerMode: 'path', rootDomain: undefined } },
    { provide: OutboundOptions, useValue: { allowedHosts: [] } },
  ];
  const configured = { module: ConfigurationModule, providers, exports: providers.map(({ provide }) => provide) };
  const imports = [configured, DatabaseModule, ClosedAdministrationModule, TenancyModule, ClientsModule];
  const building = Test.createTestingModule({ imports });
  for (const [token, value] of options.overrides ?? []) building.overrideProvider(token).useValue(value);
  const module = await building.compile();
  await module.init();
  return {
    module,
    clock,
    database: module.get(Database),
    tenants: module.get(TenantsService),
    domains: module.get(TenantDomainsService),
    resolver: module.get(TenantResolver),
    initializers: module.get(TenantInitializers),
    clients: module.get(ClientsService),
    resources: module.get(ResourcesService),
    origins: module.get(ClientOrigins),
    keys: module.get(ClientKeys),
  };
}

/** Milliseconds until the look is satisfied; fails after two seconds. */
export async function until(look: () => Promise<boolean>): Promise<number> {
  const start = performance.now();
  while (!(await look())) {
    if (performance.now() - start > 2_000) throw new Error('nothing happened within two seconds');
    await sleep(5);
  }
  return performance.now() - start;
}

/** The names of the statements that the work sends. */
export async function statementsOf(database: Database, work: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const stop = database.observe((name) => names.push(name));
  try {
    await work();
  } finally {
    stop();
  }
  return names;
}
