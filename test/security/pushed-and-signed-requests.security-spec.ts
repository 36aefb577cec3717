import { decodeJwt } from 'jose';
import { REDIRECT_URI } from '../support/fixtures';
import { type Answer, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { KeyServer } from '../support/key-server';
import { pageOf, type PushingClient, PushingClients } from '../support/pushing-clients';

const HOUR = 3600;
/** In the kind of address that must never be asked, and in one that may be but is nobody's. */
const FOREIGN = ['http://169.254.169.254/latest', 'http://[::1]/r', 'https://localhost/r', 'https://evil.example/r'];

describe('pushed and signed authorization requests', () => {
  let canary: KeyServer;
  let world: PushingClients;
  let app: PushingClient;
  let other: PushingClient;

  beforeAll(async () => {
    canary = await KeyServer.start();
    // Nothing but the rules themselves keeps the server from asking there.
    world = await PushingClients.start({ OUTBOUND_ALLOWED_HOSTS: canary.host });
    app = await world.client('ES256', { require_signed_request_object: true });
    other = await world.client('ES256');
  });
  afterEach(() => world.idp.clock.reset());
  afterAll(async () => {
    await world?.close();
    await canary?.close();
  });

  const outcome = ({ status, json }: Answer) => [status, json?.error].join(' ').trim();
  const now = () => world.idp.clock.nowSeconds();

  async function countPushed(): Promise<number> {
    const sql = `SELECT COUNT(*)::int AS count FROM pushed_request WHERE "tenantId" = $1`;
    const [row] = await world.idp.database.dataSource.query<[{ count: number }]>(sql, [world.tenant.id]);
    return row.count;
  }

  it('S-110 PAR needs the client to prove itself, and nothing is kept of who does not', async () => {
    const before = await countPushed();
    const { parameters } = await other.asks({ client_id: other.id });
    const par = `${world.tenant.issuer}/par`;
    expect(outcome(await postForm(par, parameters))).toBe('401 invalid_client');
    expect(outcome(await postForm(par, { ...parameters, client_secret: 'x' }))).toBe('401 invalid_client');
    const stolen = await app.proof();
    expect(outcome(await postForm(par, { ...parameters, ...stolen, client_id: other.id }))).toBe('401 invalid_client');
    expect(outcome(await other.push(parameters, { aud: 'https://other.example' }))).toBe('401 invalid_client');
    expect(await countPushed()).toBe(before);
  });

  it('S-110 without PAR a client that requires it gets nothing, signed or not', async () => {
    const asked = await app.asks();
    const back = { redirect_uri: REDIRECT_URI };
    for (const parameters of [asked.parameters, { ...back, request: await app.request(asked) }]) {
      const answer = (await app.callback(app.address(parameters))).searchParams;
      expect([answer.get('error'), answer.has('code')]).toEqual(['invalid_request', false]);
    }
  });

  it('S-111 request_uri: one client, 90 seconds, used at the decision and not at page load, kept by its hash', async () => {
    const { json } = await other.push((await other.asks()).parameters);
    const request_uri = String(json?.request_uri);
    expect(json?.expires_in).toBeLessThanOrEqual(90);
    const rows = await world.idp.database.dataSource.query<Record<string, unknown>[]>(
      'SELECT * FROM pushed_request ORDER BY "createdAt" DESC LIMIT 1',
    );
    expect(JSON.stringify(rows)).not.toContain(request_uri.split(':').at(-1)!);
    expect(JSON.stringify(rows)).not.toContain('assertion');
    expect((await app.open(app.address({ request_uri }))).status).toBe(400);
    const browser = new HttpBrowser();
    for (let load = 0; load < 3; load += 1)
      expect((await browser.open(other.address({ request_uri }).href)).status).toBe(200);
    expect((await other.callback(other.address({ request_uri }), browser)).searchParams.has('code')).toBe(true);
    expect(pageOf(await other.open(other.address({ request_uri }), browser)).status).toBe(400);
  });

  it('S-014 unknown parameters are ignored at PAR, duplicates refused, empty ones absent', async () => {
    const { parameters } = await other.asks();
    expect(outcome(await other.push({ ...parameters, unheard_of: 'x' }))).toBe('201');
    expect(outcome(await other.push({ ...parameters, request_uri: '', request: '', prompt: '' }))).toBe('201');
    for (const name of ['scope', 'unheard_of', 'client_id', 'client_assertion']) {
      const fields = Object.entries({ ...parameters, unheard_of: 'x', ...(await other.proof()) });
      const again: [string, string] = [name, String(Object.fromEntries(fields)[name])];
      expect(outcome(await postForm(`${world.tenant.issuer}/par`, [...fields, again]))).toBe('400 invalid_request');
    }
  });

  it('S-024 redirect_uri has to be in what is pushed, and to be registered', async () => {
    const single = await world.client('ES256', { redirect_uris: [REDIRECT_URI] });
    for (const redirect_uri of [undefined, '', `${REDIRECT_URI}/`, 'https://evil.example/callback']) {
      const { parameters } = await single.asks({ redirect_uri });
      expect(outcome(await single.push(parameters))).toBe('400 invalid_request');
    }
  });

  it('S-112 S-114 request_uri inside PAR, inside a request object, or foreign, is refused and never asked', async () => {
    const before = canary.connections;
    for (const request_uri of [canary.url, ...FOREIGN]) {
      const { parameters } = await other.asks();
      expect(outcome(await other.push({ ...parameters, request_uri }))).toBe('400 invalid_request');
      const request = await app.request(await app.asks(), { request_uri });
      expect(outcome(await app.push({ request }))).toBe('400 invalid_request_object');
      const answer = await other.callback(other.address({ ...parameters, request_uri }));
      expect(answer.searchParams.get('error')).toBe('request_uri_not_supported');
    }
    const settings = { authorizationRequests: { byReference: true } };
    const fetching = await PushingClients.in(world.idp, { slug: 'fetching', settings });
    const own = await fetching.client('ES256', { require_pushed_authorization_requests: false });
    for (const request_uri of [canary.url, ...FOREIGN]) {
      const answer = await own.callback(own.address({ redirect_uri: REDIRECT_URI, request_uri }));
      expect(answer.searchParams.get('error')).toBe('invalid_request_uri');
    }
    expect([canary.requests, canary.connections]).toEqual([0, before]);
  });

  it('S-114 a registered request_uri that leads into our own network is not asked', async () => {
    const settings = { authorizationRequests: { byReference: true } };
    const fetching = await PushingClients.in(world.idp, { slug: 'inward', settings });
    for (const request_uri of [
      'https://127.0.0.1:1/r',
      'https://[::1]/r',
      'https://10.0.0.1/r',
      'https://169.254.169.254/r',
    ]) {
      const metadata = { require_pushed_authorization_requests: false, request_uris: [request_uri] };
      const own = await fetching.client('ES256', metadata);
      const answer = await own.callback(own.address({ redirect_uri: REDIRECT_URI, request_uri }));
      expect(answer.searchParams.get('error')).toBe('invalid_request_uri');
    }
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['another aud', () => ({ aud: 'https://other.example' })],
    ['the endpoint as aud', () => ({ aud: `${world.tenant.issuer}/par` })],
    ['no aud', () => ({ aud: undefined })],
    ['another iss', () => ({ iss: other.id })],
    ['no iss', () => ({ iss: undefined })],
    ['another client_id', () => ({ client_id: other.id })],
    ['no client_id', () => ({ client_id: undefined })],
    ['no exp', () => ({ exp: undefined })],
    ['an exp that is past', () => ({ nbf: now() - 100, exp: now() })],
    ['exp an hour and more after nbf', () => ({ exp: now() + HOUR + 60 })],
    ['no nbf', () => ({ nbf: undefined })],
    ['nbf a minute ahead', () => ({ nbf: now() + 60 })],
    ['nbf more than an hour ago', () => ({ nbf: now() - HOUR - 60 })],
    ['a request in it', () => ({ request: 'a.b.c' })],
    ['the client as sub', () => ({ sub: app.id })],
    ['sub as a list', () => ({ sub: [app.id] })],
  ])('S-113 S-094 a request object with %s is refused', async (_, changed) => {
    const before = await countPushed();
    expect(outcome(await app.push({ request: await app.request(await app.asks(), changed()) }))).toBe(
      '400 invalid_request_object',
    );
    expect(await countPushed()).toBe(before);
  });

  it('S-113 a request object has to be signed as registered, and what is beside it does not count', async () => {
    expect(outcome(await app.push((await app.asks()).parameters))).toBe('400 invalid_request');
    const asked = await app.asks({ scope: 'openid' });
    const { json } = await app.push({ request: await app.request(asked), scope: 'openid profile', login_hint: 'eve' });
    const callback = await app.callback(app.address({ request_uri: String(json?.request_uri), scope: 'openid email' }));
    expect((await app.redeem(callback, asked)).scope).toBe('openid');
  });

  it('S-113 an encrypted request object that holds no signed one is none', async () => {
    const header = Buffer.from(JSON.stringify({ alg: 'RSA-OAEP', enc: 'A256GCM' })).toString('base64url');
    expect(outcome(await app.push({ request: `${header}.AAAA.AAAA.AAAA.AAAA` }))).toBe('400 invalid_request_object');
  });

  it('S-093 a signed answer is no ID token, no access token, and no request object', async () => {
    const browser = new HttpBrowser();
    const asked = await other.asks({ response_mode: 'jwt' });
    const response = (await other.callback(await other.pushed(asked), browser)).searchParams.get('response')!;
    expect(decodeJwt(response)).toMatchObject({ iss: world.tenant.issuer, aud: other.id });
    const hint = await other.push((await other.asks({ id_token_hint: response })).parameters);
    expect(outcome(hint)).toBe('400 invalid_request');
    const { status } = await postForm(`${world.tenant.issuer}/userinfo`, { access_token: response });
    expect(status).toBe(401);
    expect(outcome(await other.push({ request: response }))).toBe('400 invalid_request_object');
  });
});
