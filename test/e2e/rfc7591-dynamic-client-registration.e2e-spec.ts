import { AuditService } from '@tokenidp/audit';
import { type ClientKey, newClientKey } from '../support/client-key';
import { expectSecret } from '../support/conformance';
import { createApi, REDIRECT_URI } from '../support/fixtures';
import { send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { OPEN, Registrar } from '../support/registration';

describe('RFC 7591 §3 clients that register themselves', () => {
  let idp: TestIdp;
  let open: Registrar;
  let key: ClientKey;

  beforeAll(async () => {
    idp = await startIdp();
    open = await Registrar.of(idp, await idp.createTenant({ slug: 'open', settings: OPEN }));
    key = await newClientKey('one', 'RS256');
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  it('RFC 7591 §3.2.1 the answer says everything that was registered, and a secret once', async () => {
    const client = await open.register({ client_name: 'Photos', 'client_name#de': 'Fotos', contacts: ['a@b.example'] });
    expect(client).toMatchObject({
      client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      client_name: 'Photos',
      'client_name#de': 'Fotos',
      contacts: ['a@b.example'],
      redirect_uris: [REDIRECT_URI],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
      scope: 'openid profile email address phone offline_access',
      client_secret_expires_at: 0,
      registration_client_uri: `${open.endpoint}/${client.client_id}`,
    });
    expectSecret(client.client_secret);
    expectSecret(client.registration_access_token);
    for (const own of ['id', 'tenantId', 'origin', 'type', 'consent', 'secrets', 'require_pkce', 'refresh']) {
      expect(client).not.toHaveProperty(own);
    }
  });

  it('RFC 7591 §3.2.1 who authenticates without a secret gets none', async () => {
    for (const metadata of [
      { token_endpoint_auth_method: 'none' },
      { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.publicJwk] } },
    ]) {
      const client = await open.register(metadata);
      expect(client).not.toHaveProperty('client_secret');
      expect(client).not.toHaveProperty('client_secret_expires_at');
    }
  });

  it('RFC 7591 §2 unknown members are ignored, as are members that only an administrator sets', async () => {
    const { json, status, headers } = await open.post({
      redirect_uris: [REDIRECT_URI],
      surprise: { a: 1 },
      client_id: 'chosen',
      client_secret: 'chosen',
      consent: 'implicit',
      vouched: true,
      origin: 'admin',
    });
    expect(status).toBe(201);
    expect(headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).not.toMatchObject({ client_id: 'chosen' });
    for (const name of ['surprise', 'consent', 'vouched', 'origin']) expect(json).not.toHaveProperty(name);
  });

  const loopback = { redirect_uris: ['http://127.0.0.1/cb'], token_endpoint_auth_method: 'none' };

  it.each<[string, object, string]>([
    ['a fragment', { redirect_uris: ['https://app.example/cb#x'] }, 'invalid_redirect_uri'],
    ['plain http', { redirect_uris: ['http://app.example/cb'] }, 'invalid_redirect_uri'],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['a wildcard', { redirect_uris: ['https://*.app.example/cb'] }, 'invalid_redirect_uri'],
    ['no redirect URI', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['a redirect URI that is no text', { redirect_uris: [{}] }, 'invalid_client_metadata'],
    ['redirect URIs that are no list', { redirect_uris: REDIRECT_URI }, 'invalid_client_metadata'],
    ['a grant nobody has', { grant_types: ['password'] }, 'invalid_client_metadata'],
    [
      'a grant not allowed here',
      { grant_types: ['client_credentials'], redirect_uris: undefined },
      'invalid_client_metadata',
    ],
    ['a response type of old', { response_types: ['token'] }, 'invalid_client_metadata'],
    ['a method of no registry', { token_endpoint_auth_method: 'secret' }, 'invalid_client_metadata'],
    [
      'no keys for a method that needs them',
      { token_endpoint_auth_method: 'private_key_jwt' },
      'invalid_client_metadata',
    ],
    ['a private key', { jwks: { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', d: 'AQAB' }] } }, 'invalid_client_metadata'],
    ['keys twice', { jwks: { keys: [] }, jwks_uri: 'https://app.example/jwks' }, 'invalid_client_metadata'],
    ['keys at a place without TLS', { jwks_uri: 'http://app.example/jwks' }, 'invalid_client_metadata'],
    ['a logo without TLS', { logo_uri: 'http://app.example/logo.png' }, 'invalid_client_metadata'],
    ['a logo that is a script', { logo_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    ['no scope that can be had', { scope: 'root' }, 'invalid_client_metadata'],
    ['a scope that is none', { scope: 'open"id' }, 'invalid_client_metadata'],
    ['a name in disguise', { client_name: 'Bank\u202egnp' }, 'invalid_client_metadata'],
    ['a name that is too long', { client_name: 'x'.repeat(201) }, 'invalid_client_metadata'],
    ['an algorithm without a signature', { id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
    ['subjects of a kind that there is not', { subject_type: 'ephemeral' }, 'invalid_client_metadata'],
    [
      'a web application on the device',
      { ...loopback, application_type: 'web', grant_types: ['implicit'] },
      'invalid_client_metadata',
    ],
    ['a statement of nobody', { software_statement: 'e30.e30.e30' }, 'unapproved_software_statement'],
    ['a statement that is no JWT', { software_statement: 'nonsense' }, 'invalid_software_statement'],
  ])('RFC 7591 §3.2.2 refuses %s and registers nothing', async (_title, metadata, error) => {
    const before = await countOfClients();
    const answer = await open.post({ redirect_uris: [REDIRECT_URI], ...metadata });
    expect({ status: answer.status, error: answer.json?.error }).toEqual({ status: 400, error });
    expect(answer.json!.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await countOfClients()).toBe(before);
  });

  it.each<[string, unknown, number]>([
    ['no JSON', '{', 400],
    ['a list', [], 400],
    ['a text', '"text"', 400],
    ['null', 'null', 400],
    ['nothing', '', 400],
    ['more than 64 kB', JSON.stringify({ client_name: 'x'.repeat(70_000) }), 413],
  ])('RFC 7591 §3.1 refuses %s', async (_title, body, status) => {
    const answer = await open.post(body);
    expect(answer.status).toBe(status);
    expect(answer.json?.error).toMatch(/^invalid_(request|client_metadata)$/);
  });

  it('RFC 7591 §3.1 refuses what is not JSON by its type, and other methods', async () => {
    const form = await send(open.endpoint, { body: new URLSearchParams({ redirect_uris: REDIRECT_URI }) });
    expect(form).toMatchObject({ status: 415, json: { error: 'invalid_request' } });
    const get = await send(open.endpoint);
    expect(get).toMatchObject({ status: 405, json: { error: 'invalid_request' } });
    expect(get.headers.get('allow')).toBe('POST');
  });

  it('RFC 7591 §2 a scope is narrowed to what can be had, and APIs are assigned with it', async () => {
    const tenant = await idp.createTenant({
      slug: 'apis',
      settings: { ...OPEN, registration: { mode: 'open', scopes: ['openid', 'api.read'] } },
    });
    await createApi(idp, tenant, []);
    const registrar = await Registrar.of(idp, tenant);
    expect((await registrar.register({ scope: 'openid email api.read api.write' })).scope).toBe('openid api.read');
    expect((await registrar.register()).scope).toBe('openid api.read');
    expect((await registrar.register({ scope: '' })).scope).toBe('');
  });

  it('RFC 8252 §7 a public client that is called back on the device is a native one', async () => {
    expect(await open.register(loopback)).toMatchObject({ application_type: 'native' });
    const scheme = { redirect_uris: ['com.example.app:/cb'], token_endpoint_auth_method: 'none' };
    expect(await open.register(scheme)).toMatchObject({ application_type: 'native' });
    const spa = { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' };
    expect(await open.register(spa)).toMatchObject({ application_type: 'web' });
  });

  it('S-170 what happened is in the audit trail, without secrets', async () => {
    const record = jest.spyOn(idp.get(AuditService), 'record');
    const { client_id, client_secret, registration_access_token } = await open.register();
    const events = record.mock.calls.map(([, event]) => event);
    record.mockRestore();
    expect(events.map(({ event }) => event)).toEqual(['client.created', 'secret.created']);
    expect(events[0]).toMatchObject({ actor: { type: 'client' }, detail: { client_id, origin: 'registered' } });
    const told = JSON.stringify(events);
    expect(told).not.toContain(client_secret);
    expect(told).not.toContain(registration_access_token);
  });

  async function countOfClients(): Promise<number> {
    const sql = 'SELECT COUNT(*)::int AS count FROM client';
    const [row] = await idp.database.dataSource.query<[{ count: number }]>(sql);
    return row.count;
  }
});
