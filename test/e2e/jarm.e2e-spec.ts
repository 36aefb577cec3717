import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import * as oauth from 'oauth4webapi';
import { HttpBrowser } from '../support/http-browser';
import { type Asked, type PushingClient, PushingClients } from '../support/pushing-clients';

describe('JARM: JWT secured authorization responses', () => {
  let world: PushingClients;
  let app: PushingClient;

  beforeAll(async () => {
    world = await PushingClients.start();
    app = await world.client('PS256', { authorization_signed_response_alg: 'PS256' });
    openid.useJwtResponseMode(app.config);
  });
  afterEach(() => world.idp.clock.reset());
  afterAll(() => world?.close());

  /** What the one parameter says, its signature looked at. */
  async function claimsOf(response: string, of = app) {
    const jwks = createRemoteJWKSet(new URL(of.config.serverMetadata().jwks_uri!));
    const { payload, protectedHeader } = await jwtVerify(response, jwks, {
      issuer: world.tenant.issuer,
      audience: of.id,
      currentDate: world.idp.clock.now(),
    });
    expect(protectedHeader.kid).toMatch(/./);
    return payload;
  }

  const responseOf = (callback: URL): string => {
    expect([...callback.searchParams.keys()]).toEqual(['response']);
    return callback.searchParams.get('response')!;
  };

  it('JARM §4 is announced', () => {
    const metadata = app.config.serverMetadata();
    expect(metadata.response_modes_supported).toEqual(expect.arrayContaining(['jwt', 'query.jwt', 'form_post.jwt']));
    expect(metadata.authorization_signing_alg_values_supported).toEqual(['PS256', 'ES256']);
  });

  /** The library always asks for `jwt` itself; the other modes are pushed by hand, signed all the same. */
  async function addressOf(asked: Asked): Promise<URL> {
    if (asked.parameters.response_mode === 'jwt') return app.signedAndPushed(asked);
    const { json } = await app.push({ request: await app.request(asked) });
    return app.address({ request_uri: String(json?.request_uri) });
  }

  it.each(['jwt', 'query.jwt'])(
    'jarm happy-flow JARM §2.3 response_mode=%s, signed and pushed',
    async (response_mode) => {
      const asked = await app.asks({ response_mode });
      const callback = await app.callback(await addressOf(asked));
      const { exp, ...claims } = await claimsOf(responseOf(callback));
      expect(claims).toEqual({
        iss: world.tenant.issuer,
        aud: app.id,
        code: expect.stringMatching(/^tac_/),
        state: asked.parameters.state,
      });
      const left = exp! - world.idp.clock.nowSeconds();
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(600);
      expect((await app.redeem(callback, asked)).claims()).toMatchObject({ nonce: asked.parameters.nonce });
    },
  );

  it('jarm happy-flow JARM §2.3 response_mode=form_post.jwt posts the one field', async () => {
    const asked = await app.asks({ response_mode: 'form_post.jwt' });
    const page = await app.open(await addressOf(asked));
    expect(page.status).toBe(200);
    const [[action, fields] = ['', {}]] = [...page.forms];
    expect(action).toBe(asked.parameters.redirect_uri);
    expect(Object.keys(fields)).toEqual(['response']);
    expect(await claimsOf(fields.response!)).toMatchObject({ code: expect.any(String), state: asked.parameters.state });
    const body = new URLSearchParams(fields);
    const posted = new Request(action, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const tokens = await openid.authorizationCodeGrant(app.config, posted, asked.checks);
    expect(tokens.claims()).toMatchObject({ nonce: asked.parameters.nonce });
  });

  it('JARM §2.1 without state there is none', async () => {
    const asked = await app.asks({ response_mode: 'jwt', state: undefined });
    const claims = await claimsOf(responseOf(await app.callback(await app.pushed(asked))));
    expect(Object.keys(claims).sort()).toEqual(['aud', 'code', 'exp', 'iss']);
  });

  describe('JARM §2.1 an error', () => {
    async function expectError(asked: Asked, callback: URL, error: string): Promise<void> {
      const response = responseOf(callback);
      const described = { error, error_description: expect.any(String), state: asked.parameters.state };
      expect(await claimsOf(response)).toEqual({
        iss: world.tenant.issuer,
        aud: app.id,
        exp: expect.any(Number),
        ...described,
      });
      await expect(app.redeem(callback, asked)).rejects.toMatchObject({ error });
    }

    it('fapi2-security-profile-final-user-rejects-authentication jarm', async () => {
      const asked = await app.asks({ response_mode: 'jwt' });
      const browser = new HttpBrowser();
      const page = await browser.open((await app.pushed(asked)).href);
      const cancelled = await browser.submit(page, 'cancel');
      await expectError(asked, new URL(cancelled.headers.get('location')!), 'access_denied');
    });

    it('OIDC Core §3.1.2.6 where a page would be needed', async () => {
      const asked = await app.asks({ response_mode: 'jwt', prompt: 'none' });
      await expectError(asked, await app.callback(await app.pushed(asked)), 'login_required');
    });

    it('RFC 9126 §5 of a rule, once the response mode is known', async () => {
      const asked = await app.asks({ response_mode: 'jwt' });
      await expectError(asked, await app.callback(app.address(asked.parameters)), 'invalid_request');
    });
  });

  it.each([
    ['ES256', { authorization_signed_response_alg: 'ES256' }],
    ['PS256', {}],
  ])('JARM §3 is signed by %s as the client registered it: %j', async (alg, metadata) => {
    const own = await world.client('ES256', metadata);
    const callback = await own.callback(await own.pushed(await own.asks({ response_mode: 'jwt' })));
    const response = responseOf(callback);
    expect(decodeProtectedHeader(response).alg).toBe(alg);
    await claimsOf(response, own);
  });

  it('JARM §3 RS256 is what a tenant that has it signs with, for a client that registered none', async () => {
    const plain = await PushingClients.in(world.idp, {
      slug: 'plain',
      settings: { keys: { algorithms: ['ES256', 'RS256'] } },
    });
    const own = await plain.client('ES256', { id_token_signed_response_alg: 'ES256' });
    const callback = await own.callback(await own.pushed(await own.asks({ response_mode: 'jwt' })));
    expect(decodeProtectedHeader(responseOf(callback)).alg).toBe('RS256');
  });

  it.each(['none', 'HS256', 'RS256'])(
    'JARM §3 S-090 is not signed by %s, which the tenant does not have',
    async (alg) => {
      await expect(world.client('ES256', { authorization_signed_response_alg: alg })).rejects.toMatchObject({
        member: 'authorization_signed_response_alg',
      });
    },
  );

  it('S-028 a client that registered other modes gets none of these', async () => {
    const own = await world.client('ES256', { response_modes: ['query'] });
    for (const response_mode of ['jwt', 'query.jwt', 'form_post.jwt', 'fragment.jwt']) {
      const { status, json } = await own.push((await own.asks({ response_mode })).parameters);
      expect({ response_mode, status }).toEqual({ response_mode, status: 400 });
      expect(json?.error).toBe(response_mode === 'fragment.jwt' ? 'invalid_request' : 'unauthorized_client');
    }
  });

  it('JARM §2.4, RFC 9207 §2 by oauth4webapi: an answer to another client, or one that is over, is none', async () => {
    const asked = await app.asks({ response_mode: 'jwt' });
    const callback = await app.callback(await app.pushed(asked));
    const as = app.config.serverMetadata() as oauth.AuthorizationServer;
    const options = { [oauth.allowInsecureRequests]: true };
    const state = asked.parameters.state!;
    const by = (client_id: string) => oauth.validateJwtAuthResponse(as, { client_id }, callback, state, options);
    await expect(by('somebody')).rejects.toThrow();
    expect((await by(app.id)).get('code')).toMatch(/^tac_/);
    expect(decodeJwt(responseOf(callback))).not.toHaveProperty('sub');
  });
});
