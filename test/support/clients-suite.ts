import type { Client, ClientsService, Resource } from '@tokenidp/clients';
import { MasterKeys, newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { randomBytes } from 'node:crypto';
import { type ClientsInstance, openClientsInstance } from './clients-instance';
import { createTestDatabase } from './database';

export const WEB = { type: 'web', redirect_uris: ['https://app.test/cb'] };
export const SPA = { type: 'spa', redirect_uris: ['https://spa.test/cb'] };

/** Two instances on one database, and two tenants. */
export interface ClientsSuite {
  url: string;
  one: ClientsInstance;
  two: ClientsInstance;
  acme: Tenant;
  globex: Tenant;
  /** Rows of the database, by an SQL text of the test's own. */
  sql<Row>(text: string, values: unknown[]): Promise<Row[]>;
  /** A client of acme, a web application unless told; the secret is empty where there is none. */
  create(metadata?: object): Promise<{ client: Client; secret: string }>;
  /** An API of acme with the scopes read, write and (sensitive) purge. */
  api(more?: object): Promise<Resource>;
  close(): Promise<void>;
}

/** The client as the instance finds it now. */
export async function found(instance: { clients: ClientsService }, client: Client): Promise<Client> {
  return (await instance.clients.find(client.tenantId, client.client_id))!;
}

export async function openClientsSuite(): Promise<ClientsSuite> {
  const test = await createTestDatabase();
  const options = { url: test.url, masterKeys: new MasterKeys([{ id: 'one', key: randomBytes(32) }]) };
  const [one, two] = await Promise.all([openClientsInstance(options), openClientsInstance(options)]);
  const acme = await one.tenants.create({ slug: 'acme', name: 'Acme' });
  const globex = await one.tenants.create({ slug: 'globex', name: 'Globex' });
  const scopes = [{ name: 'read' }, { name: 'write' }, { name: 'purge', sensitive: true }];
  return {
    url: test.url,
    one,
    two,
    acme,
    globex,
    sql: (text, values) => one.database.dataSource.query(text, values),
    create: async (metadata = WEB) => ({ secret: '', ...(await one.clients.create(acme, { ...metadata })) }),
    api: (more) =>
      one.resources.create(acme, { identifier: `https://api.test/${newId()}`, name: 'API', scopes, ...more }),
    close: async () => {
      await Promise.all([one.module.close(), two.module.close()]);
      await test.drop();
    },
  };
}
