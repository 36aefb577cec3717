import { ClientsService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { type ClientKey, newClientKey } from '../support/client-key';
import { callbackOf, passThrough } from '../support/code-flow';
import { DocumentClients } from '../support/document-clients';
import { createUser } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { prepareRequest } from '../support/stock-client';
import type { WebSite } from '../support/web-site';

describe('draft-ietf-oauth-client-id-metadata-document §5 a client whose name is an address', () => {
  let clients: DocumentClients;
  let site: WebSite;
  let tenant: Tenant;
  let credentials: Credentials;
  let key: ClientKey;

  beforeAll(async () => {
    clients = await DocumentClients.start();
    ({ site } = clients);
    tenant = await clients.newTenant({ metadataDocuments: true });
    ({ credentials } = await createUser(clients.idp, tenant));
    key = await newClientKey('one');
  });

  beforeEach(() => {
    site.requests.length = 0;
  });

  afterAll(() => clients?.close());

  const publish: DocumentClients['publish'] = (...given) => clients.publish(...given);
  const file: DocumentClients['file'] = (content) => clients.file(content);
  const ask = (clientId: string, at = tenant) => clients.ask(clientId, at);

  async function config(clientId: string, authentication = openid.None()): Promise<openid.Configuration> {
    const execute = { execute: [openid.allowInsecureRequests] };
    // The standard default of a client that names no algorithm.
    const metadata = { id_token_signed_response_alg: 'RS256' };
    return openid.discovery(new URL(tenant.issuer), clientId, metadata, authentication, execute);
  }

  it('draft-ietf-oauth-client-id-metadata-document §6 metadata says that it is supported, where it is', async () => {
    expect((await config('any')).serverMetadata().client_id_metadata_document_supported).toBe(true);
    const closed = await clients.newTenant({});
    const metadata = await send(`${closed.issuer}/.well-known/oauth-authorization-server`);
    expect(metadata.json).not.toHaveProperty('client_id_metadata_document_supported');
    expect((await ask(publish(), closed)).status).toBe(400);
    expect(site.requests).toEqual([]);
  });

  it('draft-ietf-oauth-client-id-metadata-document §5 the whole flow of a public client, its document fetched once', async () => {
    const clientId = publish();
    const app = await config(clientId);
    const { url, checks } = await prepareRequest(app);
    const callback = callbackOf(await passThrough(new HttpBrowser(), url, credentials));
    const tokens = await openid.authorizationCodeGrant(app, callback, checks);
    expect(tokens.claims()!.aud).toBe(clientId);
    expect(await openid.fetchUserInfo(app, tokens.access_token, tokens.claims()!.sub)).toMatchObject({});
    expect(site.requests).toHaveLength(1);
  });

  it('draft-ietf-oauth-client-id-metadata-document §8.2 a client that signs has to, by the keys of its document', async () => {
    const clientId = publish({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.publicJwk] } });
    const stranger = await newClientKey('one');
    for (const [signer, isRight] of [
      [stranger, false],
      [key, true],
    ] as const) {
      const app = await config(clientId, openid.PrivateKeyJwt({ key: signer.privateKey, kid: signer.kid }));
      const { url, checks } = await prepareRequest(app);
      const callback = callbackOf(await passThrough(new HttpBrowser(), url, credentials));
      const redeemed = openid.authorizationCodeGrant(app, callback, checks);
      if (isRight) expect((await redeemed).claims()!.aud).toBe(clientId);
      else await expect(redeemed).rejects.toMatchObject({ status: 401 });
    }
  });

  it('draft-ietf-oauth-client-id-metadata-document §8.5 the page to consent names the host of the address first', async () => {
    const app = await config(publish({ client_name: 'Your bank <b>' }));
    const { url } = await prepareRequest(app);
    const browser = new HttpBrowser();
    const login = await browser.open(url.href);
    const next = await browser.submit(login, 'login', { ...credentials });
    const { body } = await browser.open(new URL(next.headers.get('location')!, login.url).href);
    expect(body).toContain(`<strong id="client-host">${site.host}</strong>`);
    expect(body).toContain('describes itself');
    expect(body.indexOf('client-host')).toBeLessThan(body.indexOf('class="scopes"'));
    expect(body).not.toContain('<b>');
  });

  it.each<[string, () => string]>([
    ['of another client', () => publish({ client_id: 'https://other.example/client' })],
    ['of nobody', () => publish({ client_id: undefined })],
    ['with a secret', () => publish({ client_secret: 'secret' })],
    ['with an end of a secret', () => publish({ client_secret_expires_at: 0 })],
    ['with a method of shared secrets', () => publish({ token_endpoint_auth_method: 'client_secret_basic' })],
    ['with a method that both need a secret for', () => publish({ token_endpoint_auth_method: 'client_secret_jwt' })],
    ['with a private key', () => publish({ jwks: { keys: [{ ...key.publicJwk, d: 'c2VjcmV0' }] } })],
    ['without redirect URIs', () => publish({ redirect_uris: undefined })],
    ['with a plain redirect URI', () => publish({ redirect_uris: ['http://client.example/callback'] })],
    ['with a grant not allowed here', () => publish({ grant_types: ['client_credentials'] })],
    ['of more than 5 kB (§8.7)', () => publish({ client_uri: `https://client.example/${'x'.repeat(5_200)}` })],
    ['of another type', () => publish({}, { 'content-type': 'text/html' })],
    ['that is no object', () => site.json(clients.newPath(), [])],
    ['that is no JSON', () => file({ headers: { 'content-type': 'application/json' }, body: '{' })],
    ['that is not there', () => file({ status: 404, body: '{}' })],
    ['that fails', () => file({ status: 500 })],
    ['that is elsewhere', () => file({ status: 302, headers: { location: publish() } })],
  ])('draft-ietf-oauth-client-id-metadata-document §4, §4.1 a document %s makes no client', async (_title, at) => {
    const clientId = at();
    const page = await ask(clientId);
    expect(page.status).toBe(400);
    expect(page.body).toContain('invalid_client');
    expect(page.headers.get('location')).toBeNull();
    expect(await clients.idp.get(ClientsService).find(tenant.id, clientId)).toBeNull();
    expect(site.requests).toHaveLength(1);
  });

  it.each([
    ['plain http', (url: string) => url.replace('https:', 'http:')],
    ['a fragment', (url: string) => `${url}#x`],
    ['a user', (url: string) => url.replace('://', '://user@')],
    ['a password', (url: string) => url.replace('://', '://user:pass@')],
    ['dot segments', (url: string) => url.replace('/clients/', '/x/../clients/')],
    ['a dot segment in disguise', (url: string) => url.replace('/clients/', '/%2e/clients/')],
    ['capital letters in its host', (url: string) => url.replace('localhost', 'LOCALHOST')],
    ['no path', () => 'https://client.example'],
    ['more than 255 characters', (url: string) => `${url}?${'x'.repeat(255)}`],
  ])(
    'draft-ietf-oauth-client-id-metadata-document §3 an address with %s is none, and nobody is asked',
    async (_title, change) => {
      const page = await ask(change(publish()));
      expect(page.status).toBe(400);
      expect(site.requests).toEqual([]);
    },
  );

  it('S-185 draft-ietf-oauth-client-id-metadata-document §8.6 an address that leads inside is not fetched', async () => {
    for (const host of ['127.0.0.1:1', '169.254.169.254', '10.0.0.1', '[::1]', 'localhost:1']) {
      expect((await ask(`https://${host}/client`)).status).toBe(400);
    }
  });
});
