import type { Answer } from '../support/http';
import { newClientKey } from '../support/client-key';
import { type Asked, PushingClient, PushingClients } from '../support/pushing-clients';

const PREFIX = 'fapi2-security-profile-final';

describe(`${PREFIX}: who asks, and what a code is worth`, () => {
  let world: PushingClients;
  let one: PushingClient;
  let two: PushingClient;

  beforeAll(async () => {
    world = await PushingClients.start();
    one = await world.client('PS256');
    two = await world.client('ES256');
  });
  afterEach(() => world.idp.clock.reset());
  afterAll(() => world?.close());

  const outcome = ({ status, json }: Answer) => [status, json?.error].join(' ').trim();
  const INVALID_GRANT = '400 invalid_grant';

  /** A code of client one, and the form that redeems it. */
  async function newCode(changes: Record<string, unknown> = {}) {
    const asked: Asked = await one.asks(changes);
    const callback = await one.callback(await one.pushed(asked));
    const code = callback.searchParams.get('code')!;
    const { redirect_uri } = asked.parameters;
    const code_verifier = asked.checks.pkceCodeVerifier!;
    return { grant_type: 'authorization_code', code, redirect_uri: redirect_uri!, code_verifier };
  }

  describe('the client assertion', () => {
    const now = () => world.idp.clock.nowSeconds();
    const pushedWith = async (changed: Record<string, unknown>) =>
      outcome(await one.push((await one.asks()).parameters, changed));

    it(`${PREFIX}-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted`, async () => {
      expect(await pushedWith({ nbf: now() + 8, iat: now() + 8 })).toBe('201');
    });

    it.each([
      ['par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails', () => ({ nbf: now() + 70 })],
      ['par-test-array-as-audience-fails', () => ({ aud: [world.tenant.issuer] })],
      ['par-test-par-endpoint-url-as-audience-fails', () => ({ aud: `${world.tenant.issuer}/par` })],
      ['par-test-token-endpoint-url-as-audience-fails', () => ({ aud: `${world.tenant.issuer}/token` })],
      ['ensure-client-assertion-with-exp-is-5-minutes-in-past-fails', () => ({ iat: now() - 360, exp: now() - 300 })],
      ['ensure-client-assertion-with-wrong-aud-fails', () => ({ aud: 'https://other.example' })],
      ['ensure-client-assertion-with-no-sub-fails', () => ({ sub: undefined })],
    ])(`${PREFIX}-%s`, async (_, changed) => {
      expect(await pushedWith(changed())).toBe('401 invalid_client');
    });

    it.each([
      ['ensure-client-assertion-with-exp-is-5-minutes-in-past-fails', () => ({ iat: now() - 360, exp: now() - 300 })],
      ['ensure-client-assertion-with-wrong-aud-fails', () => ({ aud: 'https://other.example' })],
      ['ensure-client-assertion-with-no-sub-fails', () => ({ sub: undefined })],
    ])(`${PREFIX}-%s at the token endpoint, and the code is still good`, async (_, changed) => {
      const form = await newCode();
      expect(outcome(await one.token(form, await one.proof(changed())))).toBe('401 invalid_client');
      expect(outcome(await one.token(form))).toBe('200');
    });

    it(`${PREFIX}-ensure-signed-client-assertion-with-RS256-fails`, async () => {
      const key = await newClientKey('rsa', 'RS256');
      const { alg: _alg, ...publicJwk } = key.publicJwk;
      const client = await world.client('PS256', { jwks: { keys: [publicJwk] } });
      const signing = new PushingClient(world, client.registration, key, client.config);
      const { parameters } = await client.asks();
      expect(outcome(await signing.push(parameters))).toBe('401 invalid_client');
    });

    it(`${PREFIX}-ensure-client-assertion-in-token-endpoint`, async () => {
      expect(outcome(await one.token(await newCode(), { client_id: one.id }))).toBe('401 invalid_client');
    });

    it(`${PREFIX}-ensure-client-id-in-token-endpoint`, async () => {
      const proof = { ...(await one.proof()), client_id: two.id };
      expect(outcome(await one.token(await newCode(), proof))).toBe('401 invalid_client');
    });
  });

  it(`${PREFIX}-ensure-authorization-code-is-bound-to-client`, async () => {
    const form = await newCode();
    expect(outcome(await two.token(form))).toBe(INVALID_GRANT);
  });

  it(`${PREFIX}-attempt-reuse-authorization-code-after-one-second`, async () => {
    const form = await newCode();
    expect(outcome(await one.token(form))).toBe('200');
    world.idp.clock.forward(1);
    expect(outcome(await one.token(form))).toBe(INVALID_GRANT);
  });

  it(`${PREFIX}-ensure-token-endpoint-fails-with-expired-auth-code`, async () => {
    const form = await newCode();
    world.idp.clock.forward(62);
    expect(outcome(await one.token(form))).toBe(INVALID_GRANT);
  });

  it.each([
    ['ensure-pkce-code-verifier-required', { code_verifier: '' }],
    ['incorrect-pkce-code-verifier-rejected', { code_verifier: 'x'.repeat(43) }],
  ])(`${PREFIX}-%s`, async (_, changes) => {
    expect(outcome(await one.token({ ...(await newCode()), ...changes }))).toBe(INVALID_GRANT);
  });

  it(`${PREFIX}-refresh-token stays as it is, and is worth nothing without its client`, async () => {
    const { json } = await one.token(await newCode({ scope: 'openid offline_access', prompt: 'consent' }));
    const form = { grant_type: 'refresh_token', refresh_token: String(json?.refresh_token), scope: 'openid' };
    expect(outcome(await one.token(form))).toBe('200');
    expect(outcome(await one.token(form))).toBe('200');
    expect(outcome(await one.token(form, { client_id: one.id }))).toBe('401 invalid_client');
    expect(outcome(await two.token(form))).toBe(INVALID_GRANT);
  });
});
