import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AUDIT_ENTITIES } from '@tokenidp/audit';
import { CLIENTS_ENTITIES, ClientsModule } from '@tokenidp/clients';
import { Database, DatabaseModule, DatabaseOptions } from '@tokenidp/database';
import { Clock, Envelope, KeyedHash, MasterKeys, newId, OutboundOptions, type RequestContext } from '@tokenidp/kernel';
import { TENANCY_ENTITIES, TenancyModule, TenancyOptions, type Tenant, TenantsService } from '@tokenidp/tenancy';
import {
  AccessService,
  PasswordService,
  RolesService,
  UserCodesService,
  USERS_ENTITIES,
  UsersModule,
  UsersService,
} from '@tokenidp/users';
import { randomBytes } from 'node:crypto';
import { ClosedAdministrationModule } from './closed-administration';
import { TestClock } from './clock';
import { createTestDatabase } from './database';

/** The users lib with everything below it and the clients beside it, on a database of its own. */
export interface UsersSuite {
  module: TestingModule;
  database: Database;
  clock: TestClock;
  tenants: TenantsService;
  users: UsersService;
  passwords: PasswordService;
  userCodes: UserCodesService;
  access: AccessService;
  roles: RolesService;
  acme: Tenant;
  globex: Tenant;
  /** A request from an address of its own, unless told. */
  from(ip?: string): RequestContext;
  close(): Promise<void>;
}

function configuration(clock: TestClock, url: string) {
  const keys = new MasterKeys([{ id: 'one', key: randomBytes(32) }]);
  const entities = [...TENANCY_ENTITIES, ...AUDIT_ENTITIES, ...CLIENTS_ENTITIES, ...USERS_ENTITIES];
  const publicUrl = new URL('https://id.example.com');
  return [
    { provide: Clock, useValue: clock },
    { provide: MasterKeys, useValue: keys },
    { provide: KeyedHash, useValue: new KeyedHash(keys) },
    { provide: Envelope, useValue: new Envelope(keys) },
    { provide: DatabaseOptions, useValue: { url, dataDir: '', entities } },
    { provide: TenancyOptions, useValue: { publicUrl, issuerMode: 'path', rootDomain: undefined } },
    { provide: OutboundOptions, useValue: { allowedHosts: [] } },
  ];
}

/** Of many numbers, not only of those that fit into one byte. */
const addressOf = (number: number): string => `10.0.${number >> 8}.${number & 255}`;

@Global()
@Module({})
class ConfigurationModule {}

export async function openUsersSuite(): Promise<UsersSuite> {
  const clock = new TestClock();
  const testDatabase = await createTestDatabase();
  const providers = configuration(clock, testDatabase.url);
  const configured = { module: ConfigurationModule, providers, exports: providers.map(({ provide }) => provide) };
  // Users before clients: their initializers must not depend on the order of the list.
  const imports = [configured, DatabaseModule, ClosedAdministrationModule, TenancyModule, UsersModule, ClientsModule];
  const module = await Test.createTestingModule({ imports }).compile();
  await module.init();
  const tenants = module.get(TenantsService);
  let addresses = 0;
  return {
    module,
    database: module.get(Database),
    clock,
    tenants,
    users: module.get(UsersService),
    passwords: module.get(PasswordService),
    userCodes: module.get(UserCodesService),
    access: module.get(AccessService),
    roles: module.get(RolesService),
    acme: await tenants.create({ slug: 'acme', name: 'Acme' }),
    globex: await tenants.create({ slug: 'globex', name: 'Globex' }),
    from: (ip) => ({ requestId: newId(), ip: ip ?? addressOf((addresses += 1)), userAgent: undefined }),
    close: async () => {
      await module.close();
      await testDatabase.drop();
    },
  };
}
