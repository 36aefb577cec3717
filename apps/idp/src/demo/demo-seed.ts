import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { ADMIN_SCOPE, adminApiIdentifier, ClientsService, ResourcesService } from '@tokenidp/clients';
import type { Transaction } from '@tokenidp/database';
import { TenancyError, type Tenant, TenantsService } from '@tokenidp/tenancy';
import { RolesService, UsersService } from '@tokenidp/users';
import { type DemoCredentials, readDemoCredentials, writeDemoCredentials } from './demo-credentials';
import { DEMO_API, DEMO_CLIENTS, DEMO_PERMISSIONS, DEMO_ROLES, DEMO_SLUG, DEMO_USERS } from './demo-data';

export interface Demo {
  tenant: Tenant;
  credentials: DemoCredentials;
}

/** A client may have a few at once: those of the latest data folders go on being good. */
const KEPT_SECRETS = 4;

/** 120 random bits in a form that a person can type. */
const newPassword = (): string => randomBytes(15).toString('base64url');

/** The tenant `demo` with everything in it, made at the first start and found again at the next ones. */
export async function seedDemo(application: INestApplicationContext, dataDir: string): Promise<Demo> {
  mkdirSync(dataDir, { recursive: true });
  const tenants = application.get(TenantsService);
  const demo = (await tenants.findBySlug(DEMO_SLUG)) ? null : await create(application, dataDir);
  if (demo) return demo;
  const tenant = (await tenants.findBySlug(DEMO_SLUG))!;
  const known = readDemoCredentials(dataDir);
  if (known) return { tenant, credentials: known };
  const credentials = await renew(application, tenant);
  writeDemoCredentials(dataDir, credentials);
  return { tenant, credentials };
}

/** All of it or nothing, in one transaction; null when another instance is quicker. */
async function create(application: INestApplicationContext, dataDir: string): Promise<Demo | null> {
  const credentials: DemoCredentials = { passwords: {}, secrets: {} };
  const input = { slug: DEMO_SLUG, name: 'Demo', displayName: 'Demo Company', sandbox: true };
  try {
    const tenant = await application.get(TenantsService).create(input, {
      within: async (created, tx) => {
        await fill(application, created, { credentials, tx });
        // Before anybody can see the tenant: who finds it in this folder finds these, too.
        writeDemoCredentials(dataDir, credentials);
      },
    });
    return { tenant, credentials };
  } catch (error) {
    if (error instanceof TenancyError && error.code === 'slug-taken') return null;
    throw error;
  }
}

async function fill(
  application: INestApplicationContext,
  tenant: Tenant,
  { credentials, tx }: { credentials: DemoCredentials; tx: Transaction },
): Promise<void> {
  const resource = await application.get(ResourcesService).create(tenant, DEMO_API, { tx });
  const roles = application.get(RolesService);
  await roles.createPermissions(tenant, resource.id, DEMO_PERMISSIONS, { tx });
  for (const { permissions, ...role } of DEMO_ROLES) {
    await roles.create(tenant, { ...role, permissions: { [resource.id]: permissions } }, { tx });
  }
  for (const user of DEMO_USERS) {
    const password = newPassword();
    await application.get(UsersService).create(tenant, { ...user, password }, { tx });
    credentials.passwords[user.username] = password;
  }
  const clients = application.get(ClientsService);
  for (const { metadata, userScopes, clientScopes, role } of DEMO_CLIENTS) {
    const { client, secret } = await clients.create(tenant, metadata, { tx });
    await clients.assign(tenant, client.id, resource.id, { userScopes, clientScopes, tx });
    if (secret) credentials.secrets[metadata.client_id] = secret;
    if (role) await makeAdministrator(application, tenant, { id: client.id, role, tx });
  }
}

async function makeAdministrator(
  application: INestApplicationContext,
  tenant: Tenant,
  { id, role, tx }: { id: string; role: string; tx: Transaction },
): Promise<void> {
  const resources = await application.get(ResourcesService).describeAll(tenant, tx);
  const api = resources.find(({ identifier }) => identifier === adminApiIdentifier(tenant))!;
  const scopes = { userScopes: [], clientScopes: [ADMIN_SCOPE] };
  await application.get(ClientsService).assign(tenant, id, api.id, { ...scopes, tx });
  await application.get(RolesService).assign(tenant, { type: 'client', id }, role, { tx });
}

/** Another data folder on a database that has the demo already: nothing can be read back, so all are made anew. */
async function renew(application: INestApplicationContext, tenant: Tenant): Promise<DemoCredentials> {
  const credentials: DemoCredentials = { passwords: {}, secrets: {} };
  const users = application.get(UsersService);
  for (const { username } of DEMO_USERS) {
    const user = await users.findByLogin(tenant.id, username);
    if (!user) continue;
    credentials.passwords[username] = newPassword();
    await users.setPassword(tenant, user.id, credentials.passwords[username]);
  }
  const clients = application.get(ClientsService);
  for (const { metadata } of DEMO_CLIENTS) {
    const client = await clients.find(tenant.id, metadata.client_id);
    if (!client?.isConfidential) continue;
    const [oldest] = client.secrets.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
    if (oldest && client.secrets.length >= KEPT_SECRETS) await clients.revokeSecret(tenant, client.id, oldest.id);
    const name = `demo ${new Date().toISOString()}`;
    credentials.secrets[metadata.client_id] = await clients.addSecret(tenant, client.id, { name });
  }
  return credentials;
}
