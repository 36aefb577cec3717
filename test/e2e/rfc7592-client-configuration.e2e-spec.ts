import { ClientsService, UnusedClients } from '@tokenidp/clients';
import * as openid from 'openid-client';
import { basic, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { CodeFlow } from '../support/code-flow';
import { type ClientKey, newClientKey } from '../support/client-key';
import type { Credentials } from '../support/browser';
import { createUser, REDIRECT_URI } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';
import { OPEN, type Registered, Registrar, sendJson } from '../support/registration';

describe('RFC 7592 §2 what a client does with its registration', () => {
  let idp: TestIdp;
  let place: Registrar;
  let key: ClientKey;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    place = await Registrar.of(idp, await idp.createTenant({ slug: 'acme', settings: OPEN }));
    key = await newClientKey('one');
    ({ credentials } = await createUser(idp, place.tenant));
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  const renamed = (client: Registered, more: object = {}) => ({
    client_id: client.client_id,
    redirect_uris: [REDIRECT_URI],
    client_name: 'Renamed',
    ...more,
  });

  /** What the token endpoint makes of a secret: a code that nobody gave, or a client that nobody is. */
  async function judged({ client_id }: Registered, secret: string): Promise<unknown> {
    const form = { grant_type: 'authorization_code', code: 'nonsense', redirect_uri: REDIRECT_URI };
    return (await postForm(place.server.token_endpoint!, form, basic(client_id, secret))).json?.error;
  }

  it('RFC 7592 §2.1, §3 reads it: everything but the secret', async () => {
    const client = await place.register({ client_name: 'Photos', policy_uri: 'https://client.example/privacy' });
    const read = await place.read(client, client.registration_access_token);
    const { client_secret: _secret, client_secret_expires_at: _end, ...rest } = client;
    expect(read).toMatchObject({ status: 200 });
    expect(read.json).toEqual(rest);
    expect(read.headers.get('cache-control')).toBe('no-store');
  });

  it('RFC 7592 §2.2 replaces it as a whole, and the next call is by the next token', async () => {
    const client = await place.register({ client_name: 'Photos', policy_uri: 'https://client.example/privacy' });
    const token = client.registration_access_token;
    const replaced = await place.put(client, token, renamed(client));
    expect(replaced).toMatchObject({ status: 200, json: { client_id: client.client_id, client_name: 'Renamed' } });
    expect(replaced.json).not.toHaveProperty('policy_uri');
    expect(replaced.json).not.toHaveProperty('client_secret');
    const next = String(replaced.json!.registration_access_token);
    expect(next).not.toBe(token);
    expect((await place.read(client, token)).status).toBe(401);
    expect((await place.read(client, next)).json).toEqual(replaced.json);
    expect(await judged(client, client.client_secret!)).toBe('invalid_grant');
  });

  it('RFC 7592 §2.2 keeps the token where the tenant says so', async () => {
    const settings = { ...OPEN, registration: { mode: 'open', rotateTokens: false } } as const;
    const lasting = await Registrar.of(idp, await idp.createTenant({ slug: 'lasting', settings }));
    const client = await lasting.register();
    const { registration_access_token } = client;
    const replaced = await lasting.put(client, registration_access_token, renamed(client));
    expect(replaced.json).toMatchObject({ registration_access_token });
    expect((await lasting.read(client, registration_access_token)).status).toBe(200);
  });

  it.each<[string, (client: Registered) => object, string]>([
    ['another client_id', (client) => renamed(client, { client_id: 'other' }), 'invalid_client_metadata'],
    ['no client_id', (client) => renamed(client, { client_id: undefined }), 'invalid_client_metadata'],
    ['another secret', (client) => renamed(client, { client_secret: 'guess' }), 'invalid_client_metadata'],
    ['a secret that is no text', (client) => renamed(client, { client_secret: 1 }), 'invalid_client_metadata'],
    ['its token', (client) => renamed(client, { registration_access_token: 'x' }), 'invalid_client_metadata'],
    ['its address', (client) => renamed(client, { registration_client_uri: 'x' }), 'invalid_client_metadata'],
    ['an expiry', (client) => renamed(client, { client_secret_expires_at: 0 }), 'invalid_client_metadata'],
    [
      'a bad redirect URI',
      (client) => renamed(client, { redirect_uris: ['http://a.example/'] }),
      'invalid_redirect_uri',
    ],
    ['a bad grant', (client) => renamed(client, { grant_types: ['password'] }), 'invalid_client_metadata'],
    ['a list', () => [], 'invalid_client_metadata'],
  ])('RFC 7592 §2.2 refuses an update with %s and changes nothing', async (_title, body, error) => {
    const client = await place.register({ client_name: 'Photos' });
    const answer = await place.put(client, client.registration_access_token, body(client));
    expect(answer).toMatchObject({ status: 400, json: { error } });
    expect((await place.read(client, client.registration_access_token)).json).toMatchObject({ client_name: 'Photos' });
  });

  it('RFC 7592 §2.2 the current secret may come along', async () => {
    const client = await place.register();
    const body = renamed(client, { client_secret: client.client_secret });
    expect((await place.put(client, client.registration_access_token, body)).status).toBe(200);
  });

  it('RFC 7592 §2.2 another way to authenticate ends the secret, and may bring another', async () => {
    const client = await place.register();
    const signing = renamed(client, { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.publicJwk] } });
    const first = await place.put(client, client.registration_access_token, signing);
    expect(first.json).not.toHaveProperty('client_secret');
    expect(await judged(client, client.client_secret!)).toBe('invalid_client');
    const next = String(first.json!.registration_access_token);
    const second = await place.put(client, next, renamed(client));
    expect(second.json).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0 });
    expect(await judged(client, client.client_secret!)).toBe('invalid_client');
    expect(await judged(client, String(second.json!.client_secret))).toBe('invalid_grant');
  });

  it('RFC 7592 §2.3 deletes it: the client ends, and all that was given to it', async () => {
    const registered = await place.register({ grant_types: ['authorization_code', 'refresh_token'] });
    const { client_id, client_secret, registration_access_token } = registered;
    const client = (await idp.get(ClientsService).find(place.tenant.id, client_id))!;
    const flow = await CodeFlow.of(place.tenant, { client, secret: client_secret! });
    const parameters = { scope: 'openid offline_access', prompt: 'consent' };
    const tokens = await flow.tokens(await flow.code(new HttpBrowser(), { credentials, parameters }));
    expect(await openid.fetchUserInfo(flow.config, tokens.access_token, openid.skipSubjectCheck)).toBeDefined();

    const answer = await place.remove(registered, registration_access_token);
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' });
    for (const method of ['GET', 'DELETE']) {
      const again = await sendJson(registered.registration_client_uri, method, { token: registration_access_token });
      expect(again).toMatchObject({ status: 401, json: { error: 'invalid_token' } });
    }
    expect(await flow.refresh(tokens.refresh_token!)).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    await expect(openid.fetchUserInfo(flow.config, tokens.access_token, openid.skipSubjectCheck)).rejects.toBeDefined();
    // Not even an administrator who lets the client in again brings back what users had given it.
    await idp.get(ClientsService).enable(place.tenant, client.id);
    expect(await flow.refresh(tokens.refresh_token!)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('S-171 the token of one client says nothing about another, nor do other tokens', async () => {
    const [one, other] = [await place.register(), await place.register()];
    const elsewhere = await Registrar.of(idp, await idp.createTenant({ slug: 'elsewhere', settings: OPEN }));
    const foreign = await elsewhere.register();
    const wrong = [
      other.registration_access_token,
      foreign.registration_access_token,
      one.client_secret!,
      one.registration_access_token.slice(0, -1),
      await place.initialToken(),
      'nonsense',
    ];
    for (const token of wrong) {
      for (const answer of [
        await place.read(one, token),
        await place.put(one, token, renamed(one)),
        await place.remove(one, token),
      ]) {
        expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_token' } });
        expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
      }
    }
    const bare = await sendJson(one.registration_client_uri, 'GET', {});
    expect({ status: bare.status, text: bare.text }).toEqual({ status: 401, text: '' });
    expect((await place.read(one, one.registration_access_token)).json).not.toMatchObject({ client_name: 'Renamed' });
  });

  it('S-171 neither token is kept as it is', async () => {
    const initial = await place.initialToken();
    const { registration_access_token } = await place.register({}, initial);
    const sql = 'SELECT hash FROM initial_access_token UNION SELECT hash FROM registration_access_token';
    const rows = await idp.database.dataSource.query<{ hash: string }[]>(sql);
    for (const { hash } of rows) expect([initial, registration_access_token]).not.toContain(hash);
  });

  it('RFC 7592 §2 other methods and other content are refused in the same words', async () => {
    const client = await place.register();
    const patch = await sendJson(client.registration_client_uri, 'PATCH', {
      body: {},
      token: client.registration_access_token,
    });
    expect(patch).toMatchObject({ status: 405, json: { error: 'invalid_request' } });
    expect(patch.headers.get('allow')).toBe('GET, PUT, DELETE');
    const malformed = await place.put(client, client.registration_access_token, '{');
    expect(malformed).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  it('RFC 7591 §5, RFC 7592 §1 a client that nobody uses any more ends, one that is used does not', async () => {
    const settings = { ...OPEN, registration: { mode: 'open', unusedDays: 30 } } as const;
    const tidy = await Registrar.of(idp, await idp.createTenant({ slug: 'tidy', settings }));
    const idle = await tidy.register();
    idp.clock.forward(20 * 86_400);
    const fresh = await tidy.register();
    idp.clock.forward(11 * 86_400);
    await idp.get(UnusedClients).run();
    expect((await tidy.read(idle, idle.registration_access_token)).status).toBe(401);
    expect((await tidy.read(fresh, fresh.registration_access_token)).status).toBe(200);
  });
});
