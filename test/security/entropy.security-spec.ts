import type { Tenant } from '@tokenidp/tenancy';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { callbackOf, CodeFlow } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { prepareRequest, relyingParty } from '../support/stock-client';

const SAMPLES = 1000;
/** 256 bits in base64url; the last of the 43 characters holds four of them. */
const SECRET_LENGTH = 43;

describe('S-040 OAuth 2.1 §7.7, RFC 6749 §10.10 what must not be guessed', () => {
  let idp: TestIdp;
  let tenant: Tenant;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
  });

  afterAll(() => idp?.close());

  /** As many as there are samples, ten at a time, in the order asked for. */
  async function collect(draw: () => Promise<string>): Promise<string[]> {
    const drawn: string[] = [];
    while (drawn.length < SAMPLES) drawn.push(...(await Promise.all(Array.from({ length: 10 }, draw))));
    return drawn;
  }

  /** Of random text every position has every character, and the order of issue says nothing of the value. */
  function expectRandom(samples: readonly string[], pattern: RegExp): void {
    for (const each of samples) expect(each).toMatch(pattern);
    expect(new Set(samples).size).toBe(SAMPLES);
    const secrets = samples.map((each) => each.slice(each.indexOf('_') + 1).slice(0, SECRET_LENGTH));
    for (let position = 0; position < SECRET_LENGTH; position += 1) {
      const characters = new Set(secrets.map((secret) => secret[position]));
      // Of 64 (the last: of 16) in a thousand draws; that three of them are missing does not happen.
      expect(characters.size).toBeGreaterThanOrEqual(position === SECRET_LENGTH - 1 ? 16 : 62);
    }
    expectNoOrder(secrets);
    expectNoOrder(secrets.map((secret) => [...secret].reverse().join('')));
  }

  /** Half of the steps go up: 500, give or take ten times the standard deviation of √(n/12) = 9. */
  function expectNoOrder(values: readonly string[]): void {
    const ups = values.filter((value, index) => index > 0 && value > values[index - 1]!).length;
    expect(Math.abs(ups - SAMPLES / 2)).toBeLessThan(91);
  }

  it('S-040 RFC 9126 §2.2 references to pushed requests', async () => {
    const { config } = await CodeFlow.of(tenant, await createClient(idp, tenant));
    const { url } = await prepareRequest(config);
    const prefix = 'urn:ietf:params:oauth:request_uri:';
    const references = await collect(async () => {
      const pushed = await openid.buildAuthorizationUrlWithPAR(config, url.searchParams);
      return pushed.searchParams.get('request_uri')!.slice(prefix.length);
    });
    expectRandom(references, /^tpr_[A-Za-z0-9_-]{49}$/);
  });

  it('S-040 authorization codes', async () => {
    const flow = await CodeFlow.of(tenant, await createClient(idp, tenant));
    const { credentials } = await createUser(idp, tenant);
    const browser = new HttpBrowser();
    await flow.code(browser, { credentials });
    const { url } = await flow.request();
    const codes = await collect(async () => callbackOf(await browser.get(url.href)).searchParams.get('code')!);
    expectRandom(codes, /^tac_[A-Za-z0-9_-]{49}$/);
  });

  it('S-040 opaque access tokens', async () => {
    const machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [machine.client], { identifier: 'https://opaque.example/', tokenFormat: 'opaque' });
    const config = await relyingParty(tenant, machine);
    const asked = { scope: 'api.read', resource: 'https://opaque.example/' };
    const tokens = await collect(async () => (await openid.clientCredentialsGrant(config, asked)).access_token);
    expectRandom(tokens, /^tat_[A-Za-z0-9_-]{49}$/);
  });

  it('S-040 what binds a sign-in to its browser', async () => {
    const flow = await CodeFlow.of(tenant, await createClient(idp, tenant));
    const { url } = await flow.request();
    const cookies = await collect(async () => {
      const stranger = new HttpBrowser();
      await stranger.get(url.href);
      return stranger.jar.get('ix.acme')!;
    });
    expectRandom(cookies, /^tix_[A-Za-z0-9_-]{49}$/);
  });

  it('S-040 refresh tokens, sessions and secrets have the same form and length', async () => {
    const { client, secret } = await createClient(idp, tenant);
    const flow = await CodeFlow.of(tenant, { client, secret });
    const { credentials } = await createUser(idp, tenant, { username: 'grace' });
    const drawn = { refresh: new Set<string>(), session: new Set<string>(), secret: new Set([secret]) };
    for (let n = 0; n < 5; n += 1) {
      const browser = new HttpBrowser();
      const given = await flow.code(browser, { credentials, parameters: { scope: 'openid offline_access' } });
      drawn.refresh.add((await flow.tokens(given)).refresh_token!);
      drawn.session.add(browser.jar.get('sid.acme')!);
      drawn.secret.add((await createClient(idp, tenant)).secret);
    }
    expect([drawn.refresh.size, drawn.session.size, drawn.secret.size]).toEqual([5, 5, 6]);
    for (const each of drawn.refresh) expect(each).toMatch(/^trt_[A-Za-z0-9_-]{49}$/);
    for (const each of drawn.session) expect(each).toMatch(/^tss_[A-Za-z0-9_-]{49}$/);
    for (const each of drawn.secret) expect(each).toMatch(/^tcs_[A-Za-z0-9_-]{49}$/);
  });

  it('S-040 the names of JWTs are never the same', async () => {
    const machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [machine.client], { identifier: 'https://jwt.example/' });
    const config = await relyingParty(tenant, machine);
    const asked = { scope: 'api.read', resource: 'https://jwt.example/' };
    const names = new Set<unknown>();
    for (let n = 0; n < 50; n += 1) {
      const { jti } = decodeJwt((await openid.clientCredentialsGrant(config, asked)).access_token);
      expect(String(jti)).toMatch(/^[\w.-]{22,}$/);
      names.add(jti);
    }
    expect(names.size).toBe(50);
  });
});
