import { ClientsService } from '@tokenidp/clients';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { DocumentClients } from '../support/document-clients';
import { REDIRECT_URI } from '../support/fixtures';
import type { WebSite } from '../support/web-site';

describe('draft-ietf-oauth-client-id-metadata-document §5.2 how long a document is believed', () => {
  let clients: DocumentClients;
  let site: WebSite;
  let tenant: Tenant;

  beforeAll(async () => {
    clients = await DocumentClients.start();
    ({ site } = clients);
    tenant = await clients.newTenant({ metadataDocuments: true });
  });

  beforeEach(() => {
    site.requests.length = 0;
  });

  afterEach(() => clients.idp.clock.reset());
  afterAll(() => clients?.close());

  const publish: DocumentClients['publish'] = (...given) => clients.publish(...given);
  const ask = (clientId: string, at = tenant) => clients.ask(clientId, at);

  it('draft-ietf-oauth-client-id-metadata-document §5.2 what came is believed as long as it says, within bounds', async () => {
    const cases = [
      { headers: { 'cache-control': 'max-age=600' }, fresh: 599, stale: 601 },
      { headers: { 'cache-control': 'max-age=600', age: '200' }, fresh: 399, stale: 401 },
      { headers: { 'cache-control': 'no-store' }, fresh: 299, stale: 301 },
      { headers: { 'cache-control': 'max-age=1' }, fresh: 299, stale: 301 },
      { headers: {}, fresh: 3_599, stale: 3_601 },
      { headers: { 'cache-control': 'max-age=9999999' }, fresh: 86_399, stale: 86_401 },
    ];
    for (const { headers, fresh, stale } of cases) {
      clients.idp.clock.reset();
      site.requests.length = 0;
      const clientId = publish({}, headers as Record<string, string>);
      await ask(clientId);
      clients.idp.clock.forward(fresh);
      await ask(clientId);
      expect({ headers, requests: site.requests.length }).toEqual({ headers, requests: 1 });
      clients.idp.clock.forward(stale - fresh);
      await ask(clientId);
      expect({ headers, requests: site.requests.length }).toEqual({ headers, requests: 2 });
    }
  });

  it('draft-ietf-oauth-client-id-metadata-document §5.1, §5.2 a failure is not kept: the next request asks again', async () => {
    const path = clients.newPath();
    site.files.set(path, { status: 503 });
    expect((await ask(site.url(path))).status).toBe(400);
    site.json(path, { client_id: site.url(path), redirect_uris: [REDIRECT_URI] });
    expect((await ask(site.url(path))).status).toBe(200);
  });

  it('draft-ietf-oauth-client-id-metadata-document §8.4 a document that changes changes the client', async () => {
    const path = clients.newPath();
    const document = { client_id: site.url(path), client_name: 'Before', redirect_uris: [REDIRECT_URI] };
    site.json(path, document);
    expect((await ask(site.url(path))).status).toBe(200);
    site.json(path, { ...document, client_name: 'After', redirect_uris: ['https://client.example/other'] });
    expect((await ask(site.url(path))).status).toBe(200);
    clients.idp.clock.forward(3_601);
    const page = await ask(site.url(path));
    expect({ status: page.status, isRedirect: page.body.includes('invalid_redirect_uri') }).toEqual({
      status: 400,
      isRedirect: true,
    });
    const client = await clients.idp.get(ClientsService).find(tenant.id, site.url(path));
    expect(client).toMatchObject({ client_name: 'After', origin: 'metadata' });
  });

  it('draft-ietf-oauth-client-id-metadata-document §5.2 many requests at once make one call', async () => {
    const clientId = publish();
    const pages = await Promise.all(Array.from({ length: 8 }, () => ask(clientId)));
    expect(pages.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(site.requests).toHaveLength(1);
  });

  it('S-170 a tenant may know hosts, and forget the whole way in', async () => {
    const [named, other] = [
      await clients.newTenant({ metadataDocuments: true, metadataHosts: ['localhost'] }),
      publish(),
    ];
    expect((await ask(other, named)).status).toBe(200);
    const strict = await clients.newTenant({ metadataDocuments: true, metadataHosts: ['*.apps.example'] });
    expect((await ask(publish(), strict)).status).toBe(400);
    await clients.idp.get(TenantsService).updateSettings(named.id, { registration: { metadataDocuments: false } });
    await expectEventually(async () => (await ask(other, named)).status, 400);
  });

  it('S-170 who names many addresses is stopped, and who is known is not', async () => {
    const small = await clients.newTenant({ metadataDocuments: true }, 2);
    const known = publish();
    expect((await ask(known, small)).status).toBe(200);
    expect((await ask(site.url('/nowhere'), small)).status).toBe(400);
    const blocked = await ask(site.url('/nowhere'), small);
    expect({ status: blocked.status, wait: blocked.headers.has('retry-after') }).toEqual({ status: 429, wait: true });
    clients.idp.clock.forward(3_000);
    expect((await ask(known, small)).status).toBe(200);
    expect(site.requests.filter((path) => path === '/nowhere')).toHaveLength(1);
  });
});

/** A changed setting is known within a second everywhere. */
async function expectEventually<T>(look: () => Promise<T>, expected: T): Promise<void> {
  let seen = await look();
  for (let time = 0; time < 50 && seen !== expected; time += 1) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    seen = await look();
  }
  expect(seen).toBe(expected);
}
