import { createHash, randomBytes } from 'node:crypto';
import * as openid from 'openid-client';
import { expectErrorRedirect, expectTokenAnswer, expectTokenError } from '../support/conformance';
import type { ConformanceClient } from '../support/conformance-client';
import { ConformancePlan } from '../support/conformance-plan';
import type { HttpPerson } from '../support/http-person';

const WITHOUT = { code_challenge: '', code_challenge_method: '' };
/** RFC 7636 Appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

describe('RFC 7636 PKCE', () => {
  let plan: ConformancePlan;
  let person: HttpPerson;
  let web: ConformanceClient;
  let spa: ConformanceClient;
  let legacy: ConformanceClient;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
    web = await plan.app({ consent: 'implicit' });
    spa = await plan.app({ type: 'spa', consent: 'implicit' });
    legacy = await plan.app({ consent: 'implicit', require_pkce: false });
    person = await plan.resident();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  /** A code for the challenge, and the trade that the verifier is for. */
  async function codeFor(app: ConformanceClient, parameters: Record<string, string>) {
    const request = await app.request(parameters);
    const callback = await person.authorize(request.url);
    /** The library sends the address that it was called at as the redirect_uri. */
    const trade = (pkceCodeVerifier?: string, asUrl = callback.asUrl) =>
      app.redeem({ ...callback, asUrl }, { ...request, checks: { ...request.checks, pkceCodeVerifier } });
    return { callback, trade };
  }

  async function refuse(app: ConformanceClient, trade: Promise<unknown>): Promise<void> {
    await expect(trade).rejects.toMatchObject({ error: 'invalid_grant' });
    expectTokenError(app.lastAnswer, 'invalid_grant');
  }

  it('RFC 7636 §4.3 only S256 is announced', () => {
    expect(web.config.serverMetadata().code_challenge_methods_supported).toEqual(['S256']);
  });

  it('RFC 7636 §4.6 the verifier of Appendix B fits its challenge', async () => {
    const { trade } = await codeFor(web, { code_challenge: CHALLENGE });
    await expect(trade(VERIFIER)).resolves.toHaveProperty('access_token');
    expectTokenAnswer(web.lastAnswer);
  });

  it.each([43, 128])('RFC 7636 §4.1 a verifier of %d characters is as good as any', async (length) => {
    const verifier = `-._~${randomBytes(length).toString('base64url')}`.slice(0, length);
    const { trade } = await codeFor(web, { code_challenge: challengeOf(verifier) });
    await expect(trade(verifier)).resolves.toHaveProperty('access_token');
  });

  it('RFC 7636 §4.4 a public client has nothing else to prove itself by', async () => {
    const { trade } = await codeFor(spa, { code_challenge: CHALLENGE });
    await expect(trade(VERIFIER)).resolves.toHaveProperty('id_token');
    const { authorization } = spa.lastSent(spa.config.serverMetadata().token_endpoint).headers;
    expect(authorization).toBeUndefined();
  });

  describe('the request', () => {
    it.each([
      ['without a challenge', WITHOUT],
      ['without a challenge, but with a method', { code_challenge: '' }],
      ['with the method plain', { code_challenge: VERIFIER, code_challenge_method: 'plain' }],
      ['without a method, which would mean plain', { code_challenge_method: '' }],
      ['with the method in other letters', { code_challenge_method: 's256' }],
      ['with a challenge that is too short', { code_challenge: CHALLENGE.slice(1) }],
      ['with a challenge that is too long', { code_challenge: 'a'.repeat(129) }],
      ['with a challenge of other characters', { code_challenge: `${CHALLENGE.slice(1)}=` }],
    ])(
      'RFC 7636 §4.4.1, RFC 9700 §2.1.1 is refused %s, of a confidential client as of a public one',
      async (_name, sent) => {
        for (const app of [web, spa]) {
          const request = await app.request(sent as unknown as Record<string, string>);
          const callback = await person.authorize(request.url);
          expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'invalid_request' });
          expect(callback.parameters.get('error_description')).toMatch(/code_challenge/);
        }
      },
    );

    it('S-032 RFC 9700 §2.1.1 a client that may go without is still held to what it sends', async () => {
      const request = await legacy.request({ code_challenge: VERIFIER, code_challenge_method: 'plain' });
      const callback = await person.authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'invalid_request' });
    });

    it('S-032 OAuth 2.1 §4.1.1 nobody registers a public client that goes without', async () => {
      for (const type of ['spa', 'native']) {
        await expect(plan.app({ type, require_pkce: false })).rejects.toMatchObject({ member: 'require_pkce' });
      }
    });
  });

  describe('the code', () => {
    it.each([
      ['no verifier', undefined],
      ['another verifier', 'a'.repeat(43)],
      ['the challenge itself', CHALLENGE],
      ['a verifier that was cut', VERIFIER.slice(0, -1)],
      ['a verifier in other letters', VERIFIER.toUpperCase()],
      ['a verifier that is too long', 'a'.repeat(129)],
    ])('S-033 RFC 7636 §4.6 is not given for %s, and not spent by it', async (_name, wrong) => {
      for (const app of [web, spa]) {
        const { trade } = await codeFor(app, { code_challenge: CHALLENGE });
        await refuse(app, trade(wrong));
        await expect(trade(VERIFIER)).resolves.toHaveProperty('access_token');
      }
    });

    it('RFC 7636 §4.6 a verifier of 42 characters is none, whatever it hashes to', async () => {
      const short = VERIFIER.slice(0, 42);
      const { trade } = await codeFor(web, { code_challenge: challengeOf(short) });
      await refuse(web, trade(short));
    });

    it('S-033 RFC 9700 §4.8.2 of a request without a challenge takes no verifier: nobody has cut the challenge out', async () => {
      const { trade } = await codeFor(legacy, WITHOUT);
      await refuse(legacy, trade(VERIFIER));
      await expect(trade()).resolves.toHaveProperty('access_token');
    });

    it('S-033 RFC 9700 §4.8.2 of a request with a challenge needs its verifier, also of a client that may go without', async () => {
      const { trade } = await codeFor(legacy, { code_challenge: CHALLENGE });
      await refuse(legacy, trade());
      await expect(trade(VERIFIER)).resolves.toHaveProperty('access_token');
    });

    it('S-031 RFC 9700 §4.5.3 injected into another sign-in does not fit its verifier', async () => {
      const victim = await codeFor(web, { code_challenge: challengeOf(openid.randomPKCECodeVerifier()) });
      await refuse(web, victim.trade(openid.randomPKCECodeVerifier()));
    });

    it('RFC 6749 §4.1.3 without PKCE the redirect_uri is what ties a code to its request', async () => {
      const { trade, callback } = await codeFor(legacy, WITHOUT);
      const elsewhere = new URL(callback.asUrl);
      elsewhere.pathname = '/other';
      await refuse(legacy, trade(undefined, elsewhere));
      const sent = new URLSearchParams(legacy.lastSent(legacy.config.serverMetadata().token_endpoint).body);
      expect(sent.get('redirect_uri')).toBe('https://client.example/other');
      await expect(trade()).resolves.toHaveProperty('access_token');
    });
  });
});
