import { type Client, type NewClient, ClientsService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import { type ClientKey, newClientKey } from '../support/client-key';
import { createApi, createClient, createMachine, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, relyingParty } from '../support/stock-client';

const METHODS = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'] as const;
type Method = (typeof METHODS)[number];

describe('RFC 6749 §2.3 client authentication', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let key: ClientKey;
  let machines: Record<Method, TestClient>;

  beforeAll(async () => {
    idp = await startIdp();
    // Every wrong credential here is a failure that counts.
    const settings = { limits: { clientAuthFailuresPerMinute: 1000 } };
    tenant = await idp.createTenant({ slug: 'acme', settings });
    key = await newClientKey('one');
    const made = await Promise.all(METHODS.map(async (method) => [method, await machineFor(method)] as const));
    machines = Object.fromEntries(made) as typeof machines;
    await createApi(
      idp,
      tenant,
      METHODS.map((method) => machines[method].client),
    );
  });

  afterAll(() => idp?.close());

  function machineFor(method: Method, metadata: Partial<NewClient> = {}): Promise<TestClient> {
    const keys = method === 'private_key_jwt' ? { jwks: { keys: [key.publicJwk] } } : {};
    return createMachine(idp, tenant, { token_endpoint_auth_method: method, ...keys, ...metadata });
  }

  function credentials(method: Method, secret: string): openid.ClientAuth {
    if (method === 'client_secret_basic') return openid.ClientSecretBasic(secret);
    if (method === 'client_secret_post') return openid.ClientSecretPost(secret);
    if (method === 'client_secret_jwt') return openid.ClientSecretJwt(secret);
    return openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid });
  }

  const token = (form: Record<string, string> | [string, string][], headers?: Record<string, string>) =>
    postForm(`${tenant.issuer}/token`, form, headers);

  const grant = { grant_type: 'client_credentials' };

  function expectUnknown(answer: Answer): void {
    expect({ status: answer.status, error: answer.json?.error }).toEqual({ status: 401, error: 'invalid_client' });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="[^"]+"/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }

  describe('each method at every endpoint that a client calls', () => {
    it.each(METHODS)('RFC 6749 §2.3 %s: a token, its introspection, its revocation', async (method) => {
      const { client, secret } = machines[method];
      const config = await relyingParty(tenant, machines[method], { authentication: credentials(method, secret) });
      const tokens = await openid.clientCredentialsGrant(config, { scope: 'api.read' });
      const before = await openid.tokenIntrospection(config, tokens.access_token);
      expect(before).toMatchObject({ active: true, client_id: client.client_id, scope: 'api.read' });
      await openid.tokenRevocation(config, tokens.access_token);
      expect(await openid.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
    });

    it('OAuth 2.1 §2.4 none: a public client says who it is, and may neither introspect nor act for itself', async () => {
      const spa = await createClient(idp, tenant, { type: 'spa' });
      const config = await relyingParty(tenant, spa);
      await expect(openid.tokenRevocation(config, 'whatever')).resolves.toBeUndefined();
      const introspected = await refusalOf(openid.tokenIntrospection(config, 'whatever'));
      expect(introspected).toEqual({ status: 401, error: 'invalid_client' });
      const granted = await refusalOf(openid.clientCredentialsGrant(config));
      expect(granted).toEqual({ status: 400, error: 'unauthorized_client' });
    });

    it.each(['/token', '/par', '/introspect', '/revoke'])(
      'S-052 without credentials nothing is had at %s',
      async (path) => {
        const { client } = machines.client_secret_basic;
        const form = { ...grant, token: 'whatever' };
        expectUnknown(await postForm(tenant.issuer + path, form));
        expectUnknown(await postForm(tenant.issuer + path, { ...form, client_id: client.client_id }));
      },
    );
  });

  describe('OAuth 2.1 §2.4 only the registered method (S-051)', () => {
    const pairs = METHODS.flatMap((registered) =>
      METHODS.filter((used) => used !== registered).map((used) => [registered, used] as const),
    );

    it.each(pairs)('a client of %s is not believed by %s', async (registered, used) => {
      // A secret that is right wherever the client has one.
      const secret = machines[registered].secret || machines.client_secret_basic.secret;
      const config = await relyingParty(tenant, machines[registered], { authentication: credentials(used, secret) });
      const refusal = await refusalOf(openid.clientCredentialsGrant(config));
      expect(refusal).toEqual({ status: 401, error: 'invalid_client' });
    });

    it('S-053 a public client gains nothing by a secret that it sends', async () => {
      const { client } = await createClient(idp, tenant, { type: 'spa' });
      const form = { ...grant, client_id: client.client_id };
      expectUnknown(await token({ ...form, client_secret: 'made-up' }));
      expectUnknown(await token(form, basic(client.client_id, 'made-up')));
    });

    it('two methods in one request are one too many', async () => {
      const { client, secret } = machines.client_secret_basic;
      const twice = { ...grant, client_id: client.client_id, client_secret: secret };
      const answer = await token(twice, basic(client.client_id, secret));
      expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    });
  });

  describe('RFC 6749 §2.3.1 what is not believed', () => {
    it('a wrong secret, somebody else’s, an unknown client, a disabled one: nobody can tell which', async () => {
      const { client, secret } = machines.client_secret_basic;
      const gone = await machineFor('client_secret_basic');
      await idp.get(ClientsService).disable(tenant, gone.client.id);
      const answers = [
        await token(grant, basic(client.client_id, `${secret.slice(0, -1)}~`)),
        await token(grant, basic(client.client_id, machines.client_secret_post.secret)),
        await token(grant, basic('nobody', secret)),
        await token(grant, basic(gone.client.client_id, gone.secret)),
      ];
      answers.forEach(expectUnknown);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    });

    it('a client of another tenant', async () => {
      const other = await idp.createTenant({ slug: 'globex' });
      const stranger = await createMachine(idp, other);
      const { client_id } = stranger.client;
      expectUnknown(await token(grant, basic(client_id, stranger.secret)));
      expect((await postForm(`${other.issuer}/token`, grant, basic(client_id, stranger.secret))).status).toBe(200);
    });

    it('a secret in the address', async () => {
      const { client, secret } = machines.client_secret_post;
      const query = new URLSearchParams({ client_id: client.client_id, client_secret: secret });
      expectUnknown(await postForm(`${tenant.issuer}/token?${query}`, grant));
    });

    it('a client_id that is not the client that authenticates', async () => {
      const { client, secret } = machines.client_secret_basic;
      const credential = basic(client.client_id, secret);
      expect((await token({ ...grant, client_id: client.client_id }, credential)).status).toBe(200);
      const { client_id } = machines.client_secret_post.client;
      expectUnknown(await token({ ...grant, client_id }, credential));
    });
  });

  describe('RFC 6749 §2.3.1 the Basic credentials', () => {
    let named: { client: Client; secret: string };

    beforeAll(async () => {
      named = await machineFor('client_secret_basic', { client_id: 'my~client.1' } as Partial<NewClient>);
    });

    const encoded = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

    it('are form-urlencoded before they are joined', async () => {
      const { secret } = named;
      expect((await token(grant, encoded(`my%7Eclient%2E1:${secret}`))).status).toBe(200);
      expect((await token(grant, encoded(`my~client.1:${secret}`))).status).toBe(200);
    });

    it('have a scheme in any case', async () => {
      const { authorization } = basic('my~client.1', named.secret);
      expect((await token(grant, { authorization: authorization.replace('Basic', 'bASIC') })).status).toBe(200);
    });

    it('S-062 malformed ones are refused, and never an error of ours', async () => {
      const { secret } = named;
      const { authorization } = encoded(`my~client.1:${secret}`);
      const headers = [
        'Basic',
        'Basic ',
        'Basic ????',
        `Basic ${Buffer.from('my~client.1').toString('base64')}`,
        `Basic ${Buffer.from(`:${secret}`).toString('base64')}`,
        `Basic ${Buffer.from(`my~client.1:`).toString('base64')}`,
        `Basic ${Buffer.from(`my~client.1:${secret}%`).toString('base64')}`,
        `Basic ${Buffer.from(`my~client.1:${secret}%00`).toString('base64')}`,
        `Basic ${Buffer.from([0x6d, 0xff, 0x3a, 0x78]).toString('base64')}`,
        `${authorization}=`,
        `${authorization.slice(0, 20)} ${authorization.slice(20)}`,
        `${authorization}, ${authorization}`,
        `Bearer ${secret}`,
        `Basic ${'A'.repeat(8000)}`,
      ];
      for (const value of headers) {
        const { status, json } = await token(grant, { authorization: value });
        expect({ value, status, error: json?.error }).toEqual({ value, status: 401, error: 'invalid_client' });
      }
    });
  });

  it('RFC 6749 §2.3.1 guesses are slowed down, and the answer says for how long', async () => {
    const strict = await idp.createTenant({ slug: 'strict', settings: { limits: { clientAuthFailuresPerMinute: 3 } } });
    const { client, secret } = await createMachine(idp, strict);
    const attempt = (guess: string) => postForm(`${strict.issuer}/token`, grant, basic(client.client_id, guess));
    for (const guess of ['one', 'two', 'three']) expectUnknown(await attempt(guess));
    const refused = await attempt(secret);
    expect(refused).toMatchObject({ status: 429, json: { error: 'temporarily_unavailable' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    idp.clock.forward(61);
    expect((await attempt(secret)).status).toBe(200);
    idp.clock.reset();
  });
});
