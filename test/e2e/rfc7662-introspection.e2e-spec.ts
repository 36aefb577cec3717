import { ClientsService, type Resource } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { ADA, API, createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { relyingParty, type Tokens } from '../support/stock-client';

const INACTIVE = { active: false };

describe('RFC 7662 §2 introspection', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let app: CodeFlow;
  let api: Resource;
  /** the API itself: it asks about the tokens that it is sent */
  let server: TestClient;
  let stranger: TestClient;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user, credentials } = await createUser(idp, tenant));
    [server, stranger] = [await createMachine(idp, tenant), await createMachine(idp, tenant)];
    const client = await createClient(idp, tenant);
    api = await createApi(idp, tenant, [client.client, server.client]);
    app = await CodeFlow.of(tenant, client);
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  async function tokens(scope = 'openid api.read', by = credentials): Promise<Tokens> {
    const parameters = { scope, prompt: 'consent' };
    return app.tokens(await app.code(new HttpBrowser(), { credentials: by, parameters }));
  }

  async function introspect(token: string, by = app.app, parameters?: Record<string, string>) {
    return openid.tokenIntrospection(await relyingParty(tenant, by), token, parameters);
  }

  /** By hand: what a library would not send. */
  const ask = (form: Record<string, string>, { client, secret } = server): Promise<Answer> =>
    postForm(`${tenant.issuer}/introspect`, form, basic(client.client_id, secret));

  describe('§2.2 of a token that is good', () => {
    it('RFC 9068 §4 of a user: what the token says, and the name of the user', async () => {
      const { access_token } = await tokens();
      const said = decodeJwt(access_token);
      expect(said).toMatchObject({ sub: user.id, aud: [API, tenant.issuer], acr: expect.any(String), amr: ['pwd'] });
      const described = { active: true, ...said, token_type: 'Bearer', username: 'ada' };
      expect(await introspect(access_token)).toEqual(described);
      expect(await introspect(access_token, server)).toEqual(described);
    });

    it('of a client that acts for itself: no word of a user', async () => {
      const config = await relyingParty(tenant, server);
      const { access_token } = await openid.clientCredentialsGrant(config, { scope: 'api.write' });
      const { client_id } = server.client;
      const answer = await introspect(access_token, server);
      expect(answer).toEqual({ active: true, ...decodeJwt(access_token), token_type: 'Bearer' });
      expect(answer).toMatchObject({ sub: client_id, client_id, aud: API, scope: 'api.write' });
      expect(answer).not.toHaveProperty('username');
    });

    it('of a refresh token: to its own client alone', async () => {
      const { refresh_token } = await tokens('openid offline_access api.read');
      const answer = await introspect(refresh_token!);
      const { client_id } = app.app.client;
      expect(answer).toMatchObject({ active: true, client_id, sub: user.id, username: 'ada', iss: tenant.issuer });
      expect(answer.scope?.split(' ').sort()).toEqual(['api.read', 'offline_access', 'openid']);
      expect(answer.exp).toBeGreaterThan(answer.iat!);
      expect(await introspect(refresh_token!, server)).toEqual(INACTIVE);
    });

    it('§2.1 a hint does not matter, be it right, wrong or unknown', async () => {
      const { access_token, refresh_token } = await tokens('openid offline_access');
      for (const token of [access_token, refresh_token!]) {
        for (const token_type_hint of ['access_token', 'refresh_token', 'pixie_dust']) {
          expect(await introspect(token, app.app, { token_type_hint })).toMatchObject({ active: true });
        }
      }
    });
  });

  describe('S-081 §4 whom a token does not concern', () => {
    it('is told what is told of no token at all', async () => {
      const { access_token } = await tokens();
      expect(await introspect(access_token, stranger)).toEqual(INACTIVE);
      const [foreign, none] = [await ask({ token: access_token }, stranger), await ask({ token: 'none' }, stranger)];
      expect(foreign.text).toBe('{"active":false}');
      expect(foreign.text).toBe(none.text);
      expect([...foreign.headers.keys()].sort()).toEqual([...none.headers.keys()].sort());
    });

    it('another tenant is one of them', async () => {
      const other = await idp.createTenant({ slug: 'globex' });
      const machine = await createMachine(idp, other);
      await createApi(idp, other, [machine.client]);
      const config = await relyingParty(other, machine);
      expect(await openid.tokenIntrospection(config, (await tokens()).access_token)).toEqual(INACTIVE);
      const theirs = await openid.clientCredentialsGrant(config, { scope: 'api.read' });
      expect(await introspect(theirs.access_token, server)).toEqual(INACTIVE);
      expect(await openid.tokenIntrospection(config, theirs.access_token)).toMatchObject({ active: true });
    });

    it('a token for userinfo does not concern an API', async () => {
      const { access_token } = await tokens('openid profile');
      expect(await introspect(access_token, server)).toEqual(INACTIVE);
      expect(await introspect(access_token)).toMatchObject({ active: true, aud: tenant.issuer });
    });
  });

  describe('§2.2 of a token that is not good (any more)', () => {
    it('expired', async () => {
      idp.clock.hold();
      const { access_token, expires_in } = await tokens();
      idp.clock.forward(expires_in! - 1);
      expect(await introspect(access_token)).toMatchObject({ active: true });
      idp.clock.forward(2);
      expect(await introspect(access_token)).toEqual(INACTIVE);
    });

    it('its user was disabled', async () => {
      const { user: bob, credentials: theirs } = await createUser(idp, tenant, {
        ...ADA,
        username: 'bob',
        email: 'b@x.y',
      });
      const { access_token, refresh_token } = await tokens('openid offline_access', theirs);
      await idp.get(UsersService).disable(tenant, bob.id);
      expect(await introspect(access_token)).toEqual(INACTIVE);
      expect(await introspect(refresh_token!)).toEqual(INACTIVE);
    });

    it('its client was disabled: the API is not told of it any more', async () => {
      const gone = await createMachine(idp, tenant);
      const assigned = { userScopes: [], clientScopes: ['api.read'] };
      await idp.get(ClientsService).assign(tenant, gone.client.id, api.id, assigned);
      const { access_token } = await openid.clientCredentialsGrant(await relyingParty(tenant, gone));
      expect(await introspect(access_token, server)).toMatchObject({ active: true });
      await idp.get(ClientsService).disable(tenant, gone.client.id);
      expect(await introspect(access_token, server)).toEqual(INACTIVE);
    });

    it('a refresh token that was replaced', async () => {
      const spa = await createClient(idp, tenant, { type: 'web', refresh: { rotate: true, always: true } });
      const flow = await CodeFlow.of(tenant, spa);
      const first = await flow.tokens(await flow.code(new HttpBrowser(), { credentials }));
      expect(await introspect(first.refresh_token!, spa)).toMatchObject({ active: true });
      const second = await openid.refreshTokenGrant(flow.config, first.refresh_token!);
      expect(await introspect(first.refresh_token!, spa)).toEqual(INACTIVE);
      expect(await introspect(second.refresh_token!, spa)).toMatchObject({ active: true });
    });

    it('S-077, S-090 altered, unsigned, cut, of another kind', async () => {
      const { access_token, id_token } = await tokens();
      const [header, payload, signature] = access_token.split('.') as [string, string, string];
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const raised = encode({ ...decodeJwt(access_token), scope: 'openid api.read api.write' });
      const wrong = [
        ...[`${header}.${raised}.${signature}`, `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`],
        ...[`${header}.${payload}.${signature.slice(0, -4)}`, `${header}.${payload}.`, `${access_token}.`],
        ...[`${access_token}A`, id_token!, (await app.code(new HttpBrowser(), { credentials })).code, 'tat_', '.', 'ä'],
      ];
      for (const token of wrong) expect(await introspect(token)).toEqual(INACTIVE);
    });
  });

  describe('§2.1, §2.3 the request', () => {
    it('names a token, once', async () => {
      expect(await ask({})).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
      const { client, secret } = server;
      const twice = [
        ['token', 'a'],
        ['token', 'b'],
      ] as [string, string][];
      const answer = await postForm(`${tenant.issuer}/introspect`, twice, basic(client.client_id, secret));
      expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    });

    it('S-101 has the token in the form, not in the address', async () => {
      const { access_token } = await tokens();
      const { client, secret } = server;
      const url = `${tenant.issuer}/introspect?token=${access_token}`;
      expect(await postForm(url, {}, basic(client.client_id, secret))).toMatchObject({ status: 400 });
    });

    it('a bearer token is no credential here', async () => {
      const { access_token } = await tokens();
      const headers = { authorization: `Bearer ${access_token}` };
      const answer = await postForm(`${tenant.issuer}/introspect`, { token: access_token }, headers);
      expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    });

    it('§2.2 the answer is JSON, and not to be stored', async () => {
      const { headers, status } = await ask({ token: 'none' });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.get('cache-control')).toBe('no-store');
      expect((await send(`${tenant.issuer}/introspect`)).status).toBe(405);
    });
  });
});
