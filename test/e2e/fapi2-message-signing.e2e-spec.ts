import { decodeJwt, decodeProtectedHeader, UnsecuredJWT } from 'jose';
import { newClientKey } from '../support/client-key';
import { REDIRECT_URI } from '../support/fixtures';
import type { Answer } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { pageOf, PushingClient, PushingClients } from '../support/pushing-clients';

const PREFIX = 'fapi2-security-profile-final';
const HOUR = 3600;

describe('FAPI 2.0 Message Signing: signed authorization requests (RFC 9101)', () => {
  let world: PushingClients;
  let one: PushingClient;
  let two: PushingClient;

  beforeAll(async () => {
    world = await PushingClients.start();
    one = await world.client('PS256', { require_signed_request_object: true });
    two = await world.client('ES256', { require_signed_request_object: true });
  });
  afterEach(() => world.idp.clock.reset());
  afterAll(() => world?.close());

  const now = () => world.idp.clock.nowSeconds();
  const outcome = ({ status, json }: Answer) => [status, json?.error].join(' ').trim();
  const REFUSED = '400 invalid_request_object';

  /** How a request object is answered that is right but for this. */
  async function pushed(changed: Record<string, unknown> = {}, header = {}, of = one): Promise<Answer> {
    return of.push({ request: await of.request(await of.asks(), changed, header) });
  }

  it('RFC 9101 §10.5, FAPI 2.0 MS §5.3.1 is announced', () => {
    expect(one.config.serverMetadata()).toMatchObject({
      request_parameter_supported: true,
      request_object_signing_alg_values_supported: expect.arrayContaining(['PS256', 'ES256', 'EdDSA', 'Ed25519']),
      require_signed_request_object: false,
    });
    expect(one.config.serverMetadata().request_object_signing_alg_values_supported).not.toContain('none');
  });

  it(`${PREFIX}-happy-flow signed and pushed by openid-client, by each algorithm`, async () => {
    const clients = [one, two, await world.client('Ed25519', { require_signed_request_object: true })];
    for (const client of clients) {
      const asked = await client.asks();
      const tokens = await client.redeem(await client.callback(await client.signedAndPushed(asked)), asked);
      expect(tokens.claims()).toMatchObject({ aud: client.id, nonce: asked.parameters.nonce });
    }
  });

  it.each([
    ['happy-flow', () => ({})],
    [
      'ensure-request-object-with-multiple-aud-succeeds',
      () => ({ aud: ['https://other.example', world.tenant.issuer] }),
    ],
    ['ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted', () => ({ nbf: now() + 8 })],
  ])(`${PREFIX}-%s`, async (_, changed) => {
    for (const header of [{}, { typ: 'oauth-authz-req+jwt' }])
      expect(outcome(await pushed(changed(), header))).toBe('201');
  });

  it.each([
    ['ensure-request-object-without-exp-fails', () => ({ exp: undefined })],
    ['ensure-request-object-without-nbf-fails', () => ({ nbf: undefined })],
    ['ensure-expired-request-object-fails', () => ({ nbf: now() - 360, exp: now() - 300 })],
    ['ensure-request-object-with-bad-aud-fails', () => ({ aud: 'https://other.example' })],
    ['ensure-request-object-with-exp-over-60-fails', () => ({ exp: now() + 70 * 60 })],
    ['ensure-request-object-with-nbf-over-60-fails', () => ({ nbf: now() - 70 * 60 })],
    [
      'par-authorization-request-containing-request_uri',
      () => ({ request_uri: 'urn:ietf:params:oauth:request_uri:x' }),
    ],
    ['par-authorization-request-containing-request', () => ({ request: 'a.b.c' })],
    ['with another client as iss', () => ({ iss: two.id })],
    ['with another client_id', () => ({ client_id: two.id })],
    ['whose end is a text', () => ({ exp: String(now() + HOUR) })],
  ])(`${PREFIX}-%s`, async (_, changed) => {
    expect(outcome(await pushed(changed()))).toBe(REFUSED);
  });

  it(`${PREFIX}-ensure-request-object-without-redirect-uri-fails`, async () => {
    const request = await one.request(await one.asks({ redirect_uri: undefined }));
    expect(outcome(await one.push({ request, redirect_uri: REDIRECT_URI }))).toBe('400 invalid_request');
  });

  it(`${PREFIX}-ensure-signed-request-object-with-RS256-fails`, async () => {
    const rsa = await newClientKey('rsa', 'RS256');
    const { alg: _alg, ...publicJwk } = rsa.publicJwk;
    const jwks = { keys: [one.key.publicJwk, publicJwk] };
    const client = await world.client('PS256', { require_signed_request_object: true, jwks });
    const own = new PushingClient(world, client.registration, one.key, client.config);
    const header = { alg: 'RS256', kid: 'rsa' };
    const request = await own.request(await own.asks(), {}, header, rsa.privateKey);
    expect(outcome(await own.push({ request }))).toBe(REFUSED);
    expect(outcome(await own.push({ request: await own.request(await own.asks()) }))).toBe('201');
  });

  it(`${PREFIX}-ensure-request-object-signature-algorithm-is-not-none`, async () => {
    const claims = decodeJwt(await one.request(await one.asks()));
    expect(outcome(await one.push({ request: new UnsecuredJWT(claims).encode() }))).toBe(REFUSED);
  });

  it(`${PREFIX}-ensure-request-object-with-invalid-signature-fails`, async () => {
    const [header, claims, signature] = (await one.request(await one.asks())).split('.');
    const broken = `${signature!.slice(0, 8)}${signature!.startsWith('A', 8) ? 'B' : 'A'}${signature!.slice(9)}`;
    expect(outcome(await one.push({ request: [header, claims, broken].join('.') }))).toBe(REFUSED);
  });

  it(`${PREFIX}-ensure-matching-key-in-authorization-request`, async () => {
    const { alg, kid, privateKey } = two.key;
    for (const header of [
      { alg, kid },
      { alg, kid: one.key.kid },
    ]) {
      expect(outcome(await one.push({ request: await one.request(await one.asks(), {}, header, privateKey) }))).toBe(
        REFUSED,
      );
    }
  });

  it(`${PREFIX}-ensure-unsigned-request-at-par-endpoint-fails`, async () => {
    expect(outcome(await one.push((await one.asks()).parameters))).toBe('400 invalid_request');
  });

  it(`${PREFIX}-ensure-different-state-inside-and-outside-request-object RFC 9126 §3 only what is signed counts`, async () => {
    const asked = await one.asks({ state: 'inside' });
    const form = { request: await one.request(asked), state: 'outside', prompt: 'none', response_mode: 'form_post' };
    const { json } = await one.push(form);
    const callback = await one.callback(one.address({ request_uri: String(json?.request_uri), state: 'outside' }));
    expect(callback.searchParams.get('state')).toBe('inside');
    expect((await one.redeem(callback, asked)).access_token).toMatch(/./);
  });

  describe('RFC 9101 §5.1 by value, at the authorization endpoint', () => {
    let plain: PushingClient;

    beforeAll(async () => {
      plain = await world.client('ES256', { require_pushed_authorization_requests: false });
    });

    const answerTo = async (parameters: Record<string, string>, of = plain) =>
      Object.fromEntries((await of.callback(of.address(parameters))).searchParams);

    it('RFC 9101 §5 only what is signed counts, through the pages to the code', async () => {
      const asked = await plain.asks({ state: 'inside', resource: undefined, max_age: 600 });
      const request = await plain.request(asked, { max_age: 600, claims: { id_token: { email: null } } });
      const outside = { request, state: 'outside', scope: 'openid nothing', redirect_uri: 'https://evil.example' };
      const callback = await plain.callback(plain.address(outside));
      expect(callback.searchParams.get('state')).toBe('inside');
      const tokens = await plain.redeem(callback, { ...asked, checks: { ...asked.checks, maxAge: 600 } });
      expect(tokens.claims()).toMatchObject({ nonce: asked.parameters.nonce, email: 'ada@example.com' });
    });

    it('RFC 9101 §6.3 a request object that is refused goes back where the parameters beside it may say', async () => {
      const asked = await plain.asks();
      const request = await plain.request(asked, { aud: 'https://other.example' });
      const back = { redirect_uri: REDIRECT_URI, state: 'outside' };
      expect(await answerTo({ request, ...back })).toMatchObject({ error: 'invalid_request_object', state: 'outside' });
      const here = await plain.open(plain.address({ request }));
      const elsewhere = await plain.open(plain.address({ request, redirect_uri: 'https://evil.example' }));
      expect([here, elsewhere].map(({ status }) => status)).toEqual([400, 400]);
    });

    it('RFC 9101 §5 without client_id beside it there is nobody to ask', async () => {
      const url = plain.address({ request: await plain.request(await plain.asks()) });
      url.searchParams.delete('client_id');
      expect(pageOf(await plain.open(url))).toEqual({ status: 400, detail: expect.stringContaining('client_id') });
    });

    it('RFC 9101 §10.5 plain parameters of a client that must sign are refused', async () => {
      const strict = { require_pushed_authorization_requests: false, require_signed_request_object: true };
      const own = await world.client('ES256', strict);
      expect(await answerTo((await own.asks()).parameters, own)).toMatchObject({ error: 'invalid_request' });
      const request = await own.request(await own.asks());
      expect(await answerTo({ request }, own)).toHaveProperty('code');
    });

    it('RFC 9101 §10.5 a tenant may want it of all clients', async () => {
      const settings = { authorizationRequests: { requireSigned: true } };
      const strict = await PushingClients.in(world.idp, { slug: 'strict', settings });
      const own = await strict.client('ES256', { require_pushed_authorization_requests: false });
      expect(own.config.serverMetadata()).toMatchObject({ require_signed_request_object: true });
      expect(outcome(await own.push((await own.asks()).parameters))).toBe('400 invalid_request');
      expect(await answerTo({ request: await own.request(await own.asks()) }, own)).toHaveProperty('code');
      expect(
        await answerTo(
          { request: await own.request(await own.asks(), { exp: undefined }), redirect_uri: REDIRECT_URI },
          own,
        ),
      ).toMatchObject({ error: 'invalid_request_object' });
    });
  });

  it('RFC 9101 §10.8 one and the same signature is no assertion and no request object', async () => {
    const assertion = (await one.proof()).client_assertion!;
    expect(outcome(await one.push({ request: assertion }))).toBe(REFUSED);
    expect(outcome(await pushed({ sub: one.id }))).toBe(REFUSED);
    expect(decodeProtectedHeader(assertion).typ).toBeUndefined();
    const request = await one.request(await one.asks(), {}, { typ: 'oauth-authz-req+jwt' });
    const form = { ...(await one.asks()).parameters, ...(await one.proof()), client_assertion: request };
    expect(outcome(await one.token({ grant_type: 'authorization_code', code: 'x' }, form))).toBe('401 invalid_client');
  });

  it('S-011 a browser that is signed in gets its code at once', async () => {
    const browser = new HttpBrowser();
    await one.callback(await one.signedAndPushed(await one.asks()), browser);
    const answer = await browser.get((await one.signedAndPushed(await one.asks())).href);
    expect(answer.headers.get('location')).toContain('code=');
  });
});
