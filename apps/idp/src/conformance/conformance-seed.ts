import type { INestApplicationContext } from '@nestjs/common';
import { ClientsService, ResourcesService } from '@tokenidp/clients';
import { type Tenant, TenantDomainsService, TenantsService } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import type { ConformancePlan, PlannedTenant } from './conformance-plan';

export interface PlannedIssuer {
  issuer: string;
  /** the secrets of clients that have one; only when they were made just now */
  secrets: Record<string, string>;
}

/** Makes the tenants that are not there yet; those that are stay as they are. */
export async function seedPlan(application: INestApplicationContext, plan: ConformancePlan): Promise<PlannedIssuer[]> {
  const made: PlannedIssuer[] = [];
  for (const planned of plan.tenants) made.push(await seedTenant(application, planned));
  return made;
}

/** The plan's operator vouches for the domain: a test machine's has no public record. */
async function seedTenant(application: INestApplicationContext, planned: PlannedTenant): Promise<PlannedIssuer> {
  const tenants = application.get(TenantsService);
  const known = await tenants.findBySlug(planned.slug);
  if (known) return { issuer: known.issuer, secrets: {} };
  const { domain, resources, users, clients, ...input } = planned;
  const created = await tenants.create({ ...input, sandbox: true });
  const tenant = domain ? await application.get(TenantDomainsService).vouch(created.id, domain) : created;
  for (const user of users) await application.get(UsersService).create(tenant, user);
  const ids = await createResources(application, tenant, resources);
  const secrets: Record<string, string> = {};
  for (const client of clients) {
    const secret = await createClient(application, { tenant, client, ids });
    if (secret) secrets[client.client_id] = secret;
  }
  return { issuer: tenant.issuer, secrets };
}

async function createResources(
  application: INestApplicationContext,
  tenant: Tenant,
  resources: PlannedTenant['resources'] = [],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const resource of resources) {
    ids.set(resource.identifier, (await application.get(ResourcesService).create(tenant, resource)).id);
  }
  return ids;
}

async function createClient(
  application: INestApplicationContext,
  { tenant, client, ids }: { tenant: Tenant; client: PlannedTenant['clients'][number]; ids: Map<string, string> },
): Promise<string | undefined> {
  const { scopes = {}, ...metadata } = client;
  const clients = application.get(ClientsService);
  const created = await clients.create(tenant, metadata);
  for (const [identifier, userScopes] of Object.entries(scopes)) {
    const id = ids.get(identifier);
    if (!id) throw new Error(`${client.client_id}: the plan has no resource ${identifier} in ${tenant.slug}.`);
    await clients.assign(tenant, created.client.id, id, { userScopes, clientScopes: [] });
  }
  return created.secret;
}
