import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { ClientsService, ResourcesService } from '@tokenidp/clients';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { RolesService, UsersService } from '@tokenidp/users';
import { type DemoCredentials, readDemoCredentials, writeDemoCredentials } from './demo-credentials';
import { DEMO_API, DEMO_CLIENTS, DEMO_PERMISSIONS, DEMO_ROLES, DEMO_SLUG, DEMO_USERS } from './demo-data';

export interface Demo {
  tenant: Tenant;
  credentials: DemoCredentials;
}

/** 120 random bits in a form that a person can type. */
const newPassword = (): string => randomBytes(15).toString('base64url');

/** The tenant `demo` with everything in it, made at the first start and found again at the next ones. */
export async function seedDemo(application: INestApplicationContext, dataDir: string): Promise<Demo> {
  mkdirSync(dataDir, { recursive: true });
  const tenants = application.get(TenantsService);
  const known = await tenants.findBySlug(DEMO_SLUG);
  if (!known) {
    const tenant = await tenants.create({ slug: DEMO_SLUG, name: 'Demo', displayName: 'Demo Company', sandbox: true });
    return keep(dataDir, tenant, await fill(application, tenant));
  }
  const credentials = readDemoCredentials(dataDir);
  if (credentials) return { tenant: known, credentials };
  return keep(dataDir, known, await renew(application, known));
}

function keep(dataDir: string, tenant: Tenant, credentials: DemoCredentials): Demo {
  writeDemoCredentials(dataDir, credentials);
  return { tenant, credentials };
}

async function fill(application: INestApplicationContext, tenant: Tenant): Promise<DemoCredentials> {
  const resource = await application.get(ResourcesService).create(tenant, DEMO_API);
  const roles = application.get(RolesService);
  await roles.createPermissions(tenant, resource.id, DEMO_PERMISSIONS);
  for (const { permissions, ...role } of DEMO_ROLES) {
    await roles.create(tenant, { ...role, permissions: { [resource.id]: permissions } });
  }
  const credentials: DemoCredentials = { passwords: {}, secrets: {} };
  for (const user of DEMO_USERS) {
    const password = newPassword();
    await application.get(UsersService).create(tenant, { ...user, password });
    credentials.passwords[user.username] = password;
  }
  const clients = application.get(ClientsService);
  for (const { metadata, userScopes, clientScopes } of DEMO_CLIENTS) {
    const { client, secret } = await clients.create(tenant, metadata);
    await clients.assign(tenant, client.id, resource.id, { userScopes, clientScopes });
    if (secret) credentials.secrets[metadata.client_id] = secret;
  }
  return credentials;
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
    const name = `demo ${new Date().toISOString()}`;
    credentials.secrets[metadata.client_id] = await clients.addSecret(tenant, client.id, { name });
  }
  return credentials;
}
