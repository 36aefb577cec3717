import * as oauth from 'oauth4webapi';
import { createClient, REDIRECT_URI } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { pageOf, type PushingClient, PushingClients } from '../support/pushing-clients';
import { expectSecret } from '../support/conformance';

const PREFIX = 'urn:ietf:params:oauth:request_uri:';

describe('RFC 9126 pushed authorization requests', () => {
  let world: PushingClients;
  let app: PushingClient;

  beforeAll(async () => {
    world = await PushingClients.start();
    app = await world.client();
  });
  afterEach(() => world.idp.clock.reset());
  afterAll(() => world?.close());

  /** The address of a request that was pushed by hand. */
  async function pushedAddress(changes: Record<string, unknown> = {}, of = app): Promise<URL> {
    const { json } = await of.push((await of.asks(changes)).parameters);
    return of.address({ request_uri: String(json?.request_uri) });
  }

  it('RFC 9126 §2.2 answers 201 with a request_uri of 256 bits and its lifetime, not to be stored', async () => {
    const answer = await app.push((await app.asks()).parameters);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json).toEqual({ request_uri: expect.stringMatching(/^urn:/), expires_in: 90 });
    expectSecret(String(answer.json?.request_uri).slice(PREFIX.length));
  });

  it('RFC 9126 §2, §4 by openid-client, from the push to the tokens', async () => {
    const asked = await app.asks();
    const url = await app.pushed(asked);
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const tokens = await app.redeem(await app.callback(url), asked);
    expect(tokens.claims()).toMatchObject({ aud: app.id, nonce: asked.parameters.nonce });
  });

  it('RFC 9126 §2 by oauth4webapi, of a client with a secret', async () => {
    const { client, secret } = await createClient(world.idp, world.tenant);
    const as = app.config.serverMetadata() as oauth.AuthorizationServer;
    const asked = await app.asks({ client_id: client.client_id });
    const response = await oauth.pushedAuthorizationRequest(
      as,
      { client_id: client.client_id },
      oauth.ClientSecretBasic(secret),
      asked.parameters,
      { [oauth.allowInsecureRequests]: true },
    );
    const pushed = await oauth.processPushedAuthorizationResponse(as, { client_id: client.client_id }, response);
    expect(pushed).toMatchObject({ request_uri: expect.stringContaining(PREFIX), expires_in: 90 });
  });

  it('RFC 9126 §2 S-110 of a public client, which only says who it is', async () => {
    const spa = { type: 'spa', token_endpoint_auth_method: 'none', redirect_uris: [REDIRECT_URI] } as const;
    const { client } = await createClient(world.idp, world.tenant, spa);
    const { parameters } = await app.asks({ client_id: client.client_id });
    expect(await postForm(`${world.tenant.issuer}/par`, parameters)).toMatchObject({ status: 201 });
  });

  it.each([
    ['without credentials', async () => ({})],
    ['with a wrong secret', async () => basic(app.id, 'tcs_wrong')],
  ])('RFC 9126 §2, §2.3 S-052 S-110 refuses a client %s', async (_, headers) => {
    const { parameters } = await app.asks({ client_id: app.id });
    const answer = await postForm(`${world.tenant.issuer}/par`, parameters, await headers());
    expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('RFC 9126 §2.3 S-014 refuses a parameter that is sent twice, and ignores what it does not know', async () => {
    const { parameters } = await app.asks({ extra: 'foobar' });
    expect((await app.push(parameters)).status).toBe(201);
    const fields = Object.entries({ ...parameters, ...(await app.proof()) });
    const twice = await postForm(`${world.tenant.issuer}/par`, [...fields, ['state', 'again']]);
    expect(twice).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  it('RFC 9126 §5 is announced', () => {
    expect(app.config.serverMetadata()).toMatchObject({
      pushed_authorization_request_endpoint: `${world.tenant.issuer}/par`,
      require_pushed_authorization_requests: false,
    });
  });

  it('RFC 9126 §5 is required of every client where the tenant says so', async () => {
    const settings = { authorizationRequests: { requirePushed: true } };
    const strict = await PushingClients.in(world.idp, { slug: 'strict', settings });
    const own = await strict.client('ES256', { require_pushed_authorization_requests: false });
    expect(own.config.serverMetadata()).toMatchObject({ require_pushed_authorization_requests: true });
    const refused = await own.callback(own.address((await own.asks()).parameters));
    expect(refused.searchParams.get('error')).toBe('invalid_request');
    const asked = await own.asks();
    expect((await own.callback(await own.pushed(asked))).searchParams.get('code')).toMatch(/./);
  });

  describe('RFC 9126 §4 the request_uri', () => {
    const expectGone = async (url: URL, browser?: HttpBrowser): Promise<void> => {
      const page = await app.open(url, browser);
      expect(pageOf(page)).toEqual({ status: 400, detail: expect.stringContaining('request_uri has been used') });
    };

    it('fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', async () => {
      const [url, browser] = [await pushedAddress(), new HttpBrowser()];
      const first = await browser.open(url.href);
      expect([...first.forms.keys()].some((action) => action.endsWith('/login'))).toBe(true);
      expect((await app.callback(url, browser)).searchParams.get('code')).toMatch(/./);
    });

    it('fapi2-security-profile-final-par-attempt-reuse-request_uri', async () => {
      const [url, browser] = [await pushedAddress(), new HttpBrowser()];
      expect((await app.callback(url, browser)).searchParams.get('code')).toMatch(/./);
      await expectGone(url, browser);
      await expectGone(url);
    });

    it('RFC 9126 §4 S-111 two pages of one request: the second has no answer any more', async () => {
      const [url, browser] = [await pushedAddress(), new HttpBrowser()];
      const [one, other] = [await browser.open(url.href), await browser.open(url.href)];
      const typed = { ...world.credentials };
      expect((await browser.submit(one, 'login', typed)).headers.get('location')).toContain('code=');
      const late = await browser.submit(other, 'login', typed);
      const end = late.status === 303 ? await browser.open(new URL(late.headers.get('location')!, url).href) : late;
      expect(pageOf(end)).toEqual({ status: 400, detail: expect.stringContaining('has been answered') });
    });

    it('RFC 9126 §4 S-111 a request that the user refused is over, too', async () => {
      const [url, browser] = [await pushedAddress({ prompt: 'consent' }), new HttpBrowser()];
      await app.callback(await pushedAddress(), browser);
      const page = await browser.open(url.href);
      const denied = await browser.submit(page, 'consent', { decision: 'deny' });
      expect(denied.headers.get('location')).toContain('error=access_denied');
      await expectGone(url, browser);
    });

    it('fapi2-security-profile-final-par-attempt-to-use-expired-request_uri', async () => {
      const url = await pushedAddress();
      world.idp.clock.forward(91);
      await expectGone(url);
    });

    it('RFC 9126 §4 what was opened in time may be answered later', async () => {
      const [url, browser] = [await pushedAddress(), new HttpBrowser()];
      const page = await browser.open(url.href);
      world.idp.clock.forward(600);
      const answer = await browser.submit(page, 'login', { ...world.credentials });
      expect(answer.headers.get('location')).toContain('code=');
    });

    it('fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client', async () => {
      const other = await world.client('ES256');
      const uri = (await pushedAddress()).searchParams.get('request_uri')!;
      await expectGone(other.address({ request_uri: uri }));
      const withoutClient = app.address({ request_uri: uri });
      withoutClient.searchParams.delete('client_id');
      expect((await app.open(withoutClient)).status).toBe(400);
      expect((await app.callback(app.address({ request_uri: uri }))).searchParams.get('code')).toMatch(/./);
    });

    it('RFC 9126 §4 S-084 of another tenant is unknown', async () => {
      const other = await PushingClients.in(world.idp, { slug: 'other' });
      const own = await other.client('ES256');
      const url = await pushedAddress();
      await expectGone(own.address({ request_uri: url.searchParams.get('request_uri')! }));
    });

    it('fapi2-security-profile-final-par-without-duplicate-parameters', async () => {
      const url = await pushedAddress({ state: 's-1' });
      expect([...url.searchParams.keys()]).toEqual(['client_id', 'request_uri']);
      const callback = await app.callback(url);
      expect(Object.fromEntries(callback.searchParams)).toMatchObject({ state: 's-1', iss: world.tenant.issuer });
    });
  });

  it.each([`${PREFIX}tpr_x`, 'https://client.example/request.jwt', 'x'])(
    'fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param RFC 9126 §2.1 S-112 %s',
    async (request_uri) => {
      const answer = await app.push({ ...(await app.asks()).parameters, request_uri });
      expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    },
  );

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])(
    'fapi2-security-profile-final-par-attempt-invalid-http-method RFC 9126 §2.3 %s',
    async (method) => {
      const answer = await send(`${world.tenant.issuer}/par`, { method });
      expect(answer).toMatchObject({ status: 405, json: { error: 'invalid_request' } });
      expect(answer.headers.get('allow')).toContain('POST');
    },
  );

  it('RFC 9126 §2 S-050 is a form and nothing else', async () => {
    const body = JSON.stringify((await app.asks()).parameters);
    const answer = await send(`${world.tenant.issuer}/par`, { headers: { 'content-type': 'application/json' }, body });
    expect(answer.status).toBe(415);
  });
});
