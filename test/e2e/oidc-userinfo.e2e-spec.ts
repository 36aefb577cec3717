import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { type Answer, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { relyingParty, type Tokens } from '../support/stock-client';

describe('OIDC Core §5.3 userinfo', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let app: CodeFlow;
  let url: string;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    url = `${tenant.issuer}/userinfo`;
    ({ user, credentials } = await createUser(idp, tenant));
    app = await newApp();
    await createApi(idp, tenant, [app.app.client]);
    app = await CodeFlow.of(tenant, app.app);
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  const newApp = async (metadata: Partial<NewClient> = {}) =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));

  async function tokens(scope = 'openid profile', flow = app, by = credentials): Promise<Tokens> {
    return flow.tokens(await flow.code(new HttpBrowser(), { credentials: by, parameters: { scope } }));
  }

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  /** RFC 6750 §3: the scheme, and the error where a credential was sent. */
  function expectRefused(answer: Answer, status: number, error?: string): void {
    expect({ status: answer.status, error: answer.json?.error }).toEqual({ status, error });
    const challenge = answer.headers.get('www-authenticate')!;
    expect(challenge).toMatch(/^Bearer realm="/);
    expect(/error="([^"]*)"/.exec(challenge)?.[1]).toBe(error);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }

  describe('RFC 6750 §2 the ways to ask', () => {
    let token: string;

    beforeAll(async () => {
      token = (await tokens()).access_token;
    });

    function expectClaims(answer: Answer): void {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.json).toMatchObject({ sub: user.id, name: 'Ada Lovelace' });
    }

    it('oidcc-userinfo-get: by GET with the header', async () =>
      expectClaims(await send(url, { headers: bearer(token) })));

    it('oidcc-userinfo-post-header: by POST with the header and nothing else', async () => {
      expectClaims(await send(url, { method: 'POST', headers: bearer(token) }));
      expectClaims(await postForm(url, {}, bearer(token)));
    });

    it('oidcc-userinfo-post-body: by POST with a form', async () => {
      expectClaims(await postForm(url, { access_token: token }));
    });

    it('§2.1 the case of the scheme does not matter', async () => {
      for (const scheme of ['bearer', 'BEARER', 'BeArEr']) {
        expectClaims(await send(url, { headers: { authorization: `${scheme} ${token}` } }));
      }
    });

    it('S-101 OAuth 2.1 §5.1 not by the address', async () => {
      const address = `${url}?access_token=${encodeURIComponent(token)}`;
      expectRefused(await send(address), 401);
      expectRefused(await postForm(address, {}), 401);
    });

    it('§2 not twice', async () => {
      expectRefused(await postForm(url, { access_token: token }, bearer(token)), 400, 'invalid_request');
      const twice = [
        ['access_token', token],
        ['access_token', token],
      ] as [string, string][];
      expectRefused(await postForm(url, twice), 400, 'invalid_request');
    });
  });

  describe('RFC 6750 §3.1 what is refused', () => {
    it('nothing: a challenge and not a word more', async () => {
      const answer = await send(url);
      expectRefused(answer, 401);
      expect(answer.text).toBe('');
      expectRefused(await send(url, { headers: { authorization: 'Basic YTpi' } }), 401);
    });

    it('S-090 what is no token of ours', async () => {
      const { access_token } = await tokens();
      const [header, payload] = access_token.split('.') as [string, string];
      const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
      for (const token of ['x', `${none}.${payload}.`, `${header}.${payload}.AAAA`, 'tat_x', `${access_token}~`]) {
        expectRefused(await send(url, { headers: bearer(token) }), 401, 'invalid_token');
      }
      expectRefused(await send(url, { headers: { authorization: 'Bearer a b' } }), 401, 'invalid_token');
    });

    it('S-093 other things that we have signed or drawn', async () => {
      const parameters = { scope: 'openid offline_access', prompt: 'consent' };
      const given = await app.code(new HttpBrowser(), { credentials, parameters });
      const { id_token, refresh_token } = await app.tokens(given);
      for (const token of [id_token!, refresh_token!, given.code]) {
        expectRefused(await send(url, { headers: bearer(token) }), 401, 'invalid_token');
      }
    });

    it('S-095 a token for an API, or of a client itself', async () => {
      const { access_token } = await tokens('api.read');
      expectRefused(await send(url, { headers: bearer(access_token) }), 401, 'invalid_token');
      const machine = await createMachine(idp, tenant);
      const own = await openid.clientCredentialsGrant(await relyingParty(tenant, machine));
      expectRefused(await send(url, { headers: bearer(own.access_token) }), 401, 'invalid_token');
      const both = await tokens('openid api.read');
      expect((await send(url, { headers: bearer(both.access_token) })).json).toEqual({ sub: user.id });
    });

    it('a token without openid: its scope is too small', async () => {
      const { access_token } = await tokens('profile');
      const answer = await send(url, { headers: bearer(access_token) });
      expectRefused(answer, 403, 'insufficient_scope');
      expect(answer.headers.get('www-authenticate')).toContain('scope="openid"');
    });

    it('a token of another tenant', async () => {
      const other = await idp.createTenant({ slug: 'globex' });
      const { access_token } = await tokens();
      expectRefused(await send(`${other.issuer}/userinfo`, { headers: bearer(access_token) }), 401, 'invalid_token');
    });

    it('an expired one', async () => {
      const { access_token, expires_in } = await tokens();
      idp.clock.forward(expires_in! + 1);
      expectRefused(await send(url, { headers: bearer(access_token) }), 401, 'invalid_token');
    });

    it('S-122 one of a user who was disabled since', async () => {
      const { user: bob, credentials: theirs } = await createUser(idp, tenant, { username: 'bob' });
      const { access_token } = await tokens('openid', app, theirs);
      expect((await send(url, { headers: bearer(access_token) })).json).toEqual({ sub: bob.id });
      await idp.get(UsersService).disable(tenant, bob.id);
      expectRefused(await send(url, { headers: bearer(access_token) }), 401, 'invalid_token');
    });
  });

  describe('§5.4 the claims', () => {
    it.each([
      ['openid', []],
      ['openid email', ['email', 'email_verified']],
      ['openid phone', ['phone_number', 'phone_number_verified']],
      ['openid address', ['address']],
    ])('for %j there are %j', async (scope, names) => {
      const { access_token } = await tokens(scope);
      const claims = await openid.fetchUserInfo(app.config, access_token, user.id);
      expect(Object.keys(claims).sort()).toEqual(['sub', ...names].sort());
    });

    it('are those of today', async () => {
      const { user: eve, credentials: theirs } = await createUser(idp, tenant, { username: 'eve' });
      const { access_token } = await tokens('openid profile', app, theirs);
      await idp.get(UsersService).update(tenant, eve.id, { claims: { nickname: 'Evie' } });
      expect(await openid.fetchUserInfo(app.config, access_token, eve.id)).toMatchObject({ nickname: 'Evie' });
    });
  });

  describe('§5.3.2 signed', () => {
    it.each(['RS256', 'ES256'])('oidcc-userinfo-rs256: with %s, for this client, by this issuer', async (alg) => {
      const signed = await newApp({ userinfo_signed_response_alg: alg });
      const { access_token } = await tokens('openid email', signed);
      const answer = await send(url, { headers: bearer(access_token) });
      expect(answer.headers.get('content-type')).toMatch(/^application\/jwt/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const keys = createRemoteJWKSet(new URL(`${tenant.issuer}/.well-known/jwks.json`));
      const expected = { issuer: tenant.issuer, audience: signed.app.client.client_id, algorithms: [alg] };
      const { payload } = await jwtVerify(answer.text, keys, expected);
      expect(payload).toMatchObject({ sub: user.id, email: 'ada@example.com', email_verified: true });
      expect(payload).not.toHaveProperty('nonce');
      expect(decodeProtectedHeader(answer.text).kid).toMatch(/./);
      expect(await openid.fetchUserInfo(signed.config, access_token, user.id)).toMatchObject({ sub: user.id });
    });

    it('S-093 is no token for anything', async () => {
      const signed = await newApp({ userinfo_signed_response_alg: 'ES256' });
      const { access_token } = await tokens('openid', signed);
      const jwt = (await send(url, { headers: bearer(access_token) })).text;
      expectRefused(await send(url, { headers: bearer(jwt) }), 401, 'invalid_token');
      expect(await signed.isActive(jwt)).toBe(false);
    });
  });
});
