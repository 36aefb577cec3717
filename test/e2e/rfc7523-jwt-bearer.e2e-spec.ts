import { ClientsService, type Resource, TrustedIssuersService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { decodeJwt, type JWTPayload } from 'jose';
import * as openid from 'openid-client';
import { newClientKey } from '../support/client-key';
import { ADA, API, createApi, createMachine, createUser, type TestClient } from '../support/fixtures';
import { startIdp, startSibling, type TestIdp } from '../support/idp';
import { KeyServer } from '../support/key-server';
import { fetchAt } from '../support/wire';
import { refusalOf, relyingParty, type Tokens } from '../support/stock-client';
import { OutsideIssuer } from '../support/trusted-issuer';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const OPAQUE = 'https://opaque.example/';

describe('RFC 7523 §2.1 a JWT as an authorization grant', () => {
  let server: KeyServer;
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let machine: TestClient;
  let api: Resource;
  let outside: OutsideIssuer;

  beforeAll(async () => {
    server = await KeyServer.start();
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: server.host } });
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user } = await createUser(idp, tenant));
    machine = await createMachine(idp, tenant, {
      grant_types: ['client_credentials', GRANT],
      default_scope: 'api.read api.write',
    });
    api = await createApi(idp, tenant, [machine.client]);
    const opaque = await createApi(idp, tenant, [], { identifier: OPAQUE, name: 'Opaque', tokenFormat: 'opaque' });
    const assigned = { userScopes: ['api.read', 'api.write'], clientScopes: ['api.read', 'api.write'] };
    for (const { id } of [api, opaque]) await idp.get(ClientsService).assign(tenant, machine.client.id, id, assigned);
    outside = await OutsideIssuer.of(idp, tenant, { audiences: [API, OPAQUE, tenant.issuer] });
  });

  afterEach(() => idp.clock.reset());
  afterAll(async () => {
    await idp?.close();
    await server?.close();
  });

  const right = { resource: API, scope: 'api.read' };
  async function redeem(assertion: string, form: Record<string, string> = right, by = machine): Promise<Tokens> {
    const sent = Object.entries({ assertion, ...form }).filter(([, value]) => value !== '');
    return openid.genericGrantRequest(await relyingParty(tenant, by), GRANT, Object.fromEntries(sent));
  }
  const refused = async (assertion: string, form?: Record<string, string>, by?: TestClient) =>
    (await refusalOf(redeem(assertion, form, by))).error;
  const introspect = async (token: string) => openid.tokenIntrospection(await relyingParty(tenant, machine), token);

  describe('about a user', () => {
    it('RFC 7521 §4.1 buys an access token, and no other, that says nothing of a sign-in here', async () => {
      const answer = await redeem(await outside.assertion('ada'));
      expect(answer).toMatchObject({ token_type: 'bearer', scope: 'api.read', expires_in: 300 });
      expect([answer.refresh_token, answer.id_token]).toEqual([undefined, undefined]);
      const claims = decodeJwt(answer.access_token);
      expect(claims).toMatchObject({ sub: user.id, client_id: machine.client.client_id, aud: API, scope: 'api.read' });
      for (const absent of ['acr', 'amr', 'auth_time']) expect(claims).not.toHaveProperty(absent);
      const described = await introspect(answer.access_token);
      expect(described).toMatchObject({ active: true, username: 'ada' });
    });

    it('buys an opaque one where the resource takes them', async () => {
      const { access_token } = await redeem(await outside.assertion('ada'), { ...right, resource: OPAQUE });
      expect(access_token).toMatch(/^tat_/);
      expect(await introspect(access_token)).toMatchObject({ active: true, sub: user.id, aud: OPAQUE });
    });

    it('S-063 the default scope of the client, as far as the issuer is trusted', async () => {
      const answer = await redeem(await outside.assertion('ada'), { resource: API });
      expect(answer.scope).toBe('api.read');
      expect(await refused(await outside.assertion('ada'), { resource: API, scope: 'api.write' })).toBe(
        'invalid_scope',
      );
      expect(await refused(await outside.assertion('ada'), { scope: 'openid offline_access' })).toBe('invalid_scope');
      const userinfo = await redeem(await outside.assertion('ada'), { scope: 'openid' });
      const config = await relyingParty(tenant, machine);
      expect(await openid.fetchUserInfo(config, userinfo.access_token, user.id)).toMatchObject({ sub: user.id });
    });

    it('RFC 8707 §2.2 for no other resource than the issuer is trusted for', async () => {
      const other = await createApi(idp, tenant, [], { identifier: 'https://other.example/', name: 'Other' });
      const assigned = { userScopes: ['api.read'], clientScopes: [] };
      await idp.get(ClientsService).assign(tenant, machine.client.id, other.id, assigned);
      expect(await refused(await outside.assertion('ada'), { ...right, resource: other.identifier })).toBe(
        'invalid_target',
      );
    });

    it('S-075 who is active; the token falls with the user', async () => {
      const { user: bob } = await createUser(idp, tenant, { ...ADA, username: 'bob', email: 'bob@example.com' });
      const { access_token } = await redeem(await outside.assertion('bob'));
      expect(await introspect(access_token)).toMatchObject({ active: true });
      await idp.get(UsersService).disable(tenant, bob.id);
      expect(await introspect(access_token)).toEqual({ active: false });
      expect(await refused(await outside.assertion('bob'))).toBe('invalid_grant');
      expect(await refused(await outside.assertion('nobody'))).toBe('invalid_grant');
    });
  });

  describe('who is meant', () => {
    it('by id', async () => {
      const byId = await OutsideIssuer.of(idp, tenant, { issuer: 'https://by-id.example', subject: 'id' });
      expect(decodeJwt((await redeem(await byId.assertion(user.id))).access_token).sub).toBe(user.id);
      expect(await refused(await byId.assertion('ada'))).toBe('invalid_grant');
    });

    it('by an e-mail address that both sides have verified', async () => {
      const byEmail = await OutsideIssuer.of(idp, tenant, { issuer: 'https://by-email.example', subject: 'email' });
      const email = 'ada@example.com';
      const answer = await redeem(await byEmail.assertion('x', { email, email_verified: true }));
      expect(decodeJwt(answer.access_token).sub).toBe(user.id);
      const unfit: JWTPayload[] = [
        { email },
        { email, email_verified: 'true' },
        { email: ['ada@example.com'], email_verified: true },
      ];
      for (const claims of unfit) expect(await refused(await byEmail.assertion('ada', claims))).toBe('invalid_grant');
      await createUser(idp, tenant, { username: 'eve', email: 'eve@example.com' });
      const unverified = { email: 'eve@example.com', email_verified: true };
      expect(await refused(await byEmail.assertion('x', unverified))).toBe('invalid_grant');
    });

    it('the client itself: a token of its own', async () => {
      const self = await OutsideIssuer.of(idp, tenant, { issuer: 'https://self.example', subject: 'client' });
      const { client_id } = machine.client;
      const claims = decodeJwt((await redeem(await self.assertion(client_id))).access_token);
      expect(claims).toMatchObject({ sub: client_id, client_id, aud: API });
      expect(await refused(await self.assertion('another'))).toBe('invalid_grant');
    });
  });

  describe('§3 the assertion', () => {
    it.each<[string, JWTPayload]>([
      ['another iss', { iss: 'https://stranger.example' }],
      ['no iss', { iss: undefined }],
      ['no sub', { sub: undefined }],
      ['an empty sub', { sub: '' }],
      ['no aud', { aud: undefined }],
      ['another aud', { aud: 'https://else.example' }],
      ['S-055 a list of audiences', { aud: ['x'] }],
      ['no exp', { exp: undefined }],
      ['exp past', { exp: 1 }],
      ['S-056 exp far ahead', { exp: Math.floor(Date.now() / 1000) + 3600 }],
      ['S-057 nbf ahead', { nbf: Math.floor(Date.now() / 1000) + 70 }],
      ['S-057 iat ahead', { iat: Math.floor(Date.now() / 1000) + 70 }],
      ['no jti', { jti: undefined }],
    ])('RFC 7523 §3.1 %s is refused with invalid_grant', async (_name, changed) => {
      expect(await refused(await outside.assertion('ada', changed))).toBe('invalid_grant');
    });

    it('§3 no. 3 the audience is the issuer or, of a client of the baseline profile, the token endpoint', async () => {
      const tokenEndpoint = `${tenant.issuer}/token`;
      expect(await redeem(await outside.assertion('ada', { aud: tokenEndpoint }))).toBeDefined();
      expect(await refused(await outside.assertion('ada', { aud: [tenant.issuer] }))).toBe('invalid_grant');
      const strict = await createMachine(idp, tenant, { grant_types: [GRANT], security_profile: 'oauth21' });
      const assigned = { userScopes: ['api.read'], clientScopes: [] };
      await idp.get(ClientsService).assign(tenant, strict.client.id, api.id, assigned);
      expect(await refused(await outside.assertion('ada', { aud: tokenEndpoint }), right, strict)).toBe(
        'invalid_grant',
      );
      expect(await redeem(await outside.assertion('ada'), right, strict)).toBeDefined();
    });

    it.each(['at+jwt', 'logout+jwt', 'dpop+jwt', 'client-authentication+jwt', 'oauth-authz-req+jwt', 'secevent+jwt'])(
      'S-093 is not a JWT of the type %s',
      async (typ) => {
        expect(await refused(await outside.sign(outside.claims('ada'), { typ }))).toBe('invalid_grant');
        expect(await redeem(await outside.sign(outside.claims('ada'), { typ: 'JWT' }))).toBeDefined();
      },
    );

    it('S-056 RFC 7523 §3 no. 7 works once, also on the other instance; one that was refused for its scope still does', async () => {
      const other = await startSibling(idp);
      try {
        const assertion = await outside.assertion('ada');
        expect(await refused(assertion, { ...right, scope: 'api.write' })).toBe('invalid_scope');
        expect(await redeem(assertion)).toBeDefined();
        expect(await refused(assertion)).toBe('invalid_grant');
        const config = await relyingParty(tenant, machine);
        config[openid.customFetch] = fetchAt(other.origin) as openid.CustomFetch;
        const again = openid.genericGrantRequest(config, GRANT, { assertion, ...right });
        expect(await refusalOf(again)).toEqual({ status: 400, error: 'invalid_grant' });
      } finally {
        await other.close();
      }
    });

    it('is there, is a JWT, and is sent by a client that may', async () => {
      expect(await refused('')).toBe('invalid_request');
      for (const none of ['x', 'a.b', 'a.b.c', '{}', 'x'.repeat(9000)])
        expect(await refused(none)).toBe('invalid_grant');
      const without = await createMachine(idp, tenant);
      expect(await refused(await outside.assertion('ada'), right, without)).toBe('unauthorized_client');
    });
  });

  describe('the issuer', () => {
    it('is trusted until it is disabled', async () => {
      const brief = await OutsideIssuer.of(idp, tenant, { issuer: 'https://brief.example' });
      expect(await redeem(await brief.assertion('ada'))).toBeDefined();
      await idp.get(TrustedIssuersService).disable(tenant, brief.trusted.id);
      expect(await refused(await brief.assertion('ada'))).toBe('invalid_grant');
      await idp.get(TrustedIssuersService).enable(tenant, brief.trusted.id);
      expect(await redeem(await brief.assertion('ada'))).toBeDefined();
      const list = await idp.get(TrustedIssuersService).list(tenant.id);
      expect(list.map(({ issuer }) => issuer)).toContain('https://brief.example');
    });

    it('RFC 8725 §3.8 is trusted by its tenant alone', async () => {
      const globex = await idp.createTenant({ slug: 'globex' });
      const theirs = await createMachine(idp, globex, { grant_types: [GRANT] });
      const asked = openid.genericGrantRequest(await relyingParty(globex, theirs), GRANT, {
        assertion: await outside.assertion('ada', { aud: globex.issuer }),
      });
      expect(await refusalOf(asked)).toEqual({ status: 400, error: 'invalid_grant' });
    });

    it('S-058 signs with the algorithms that it is trusted with', async () => {
      const key = await newClientKey('both', 'PS256');
      const keys = { jwks: { keys: [key.publicJwk] } };
      const narrow = await OutsideIssuer.of(idp, tenant, { issuer: 'https://narrow.example', ...keys });
      const assertion = await narrow.sign(narrow.claims('ada'), { alg: 'PS256', kid: 'both' }, key.privateKey);
      expect(await refused(assertion)).toBe('invalid_grant');
    });

    it('RFC 7517 §5 publishes its keys, which are fetched again when it signs with a new one', async () => {
      const [first, second] = [await newClientKey('first'), await newClientKey('second')];
      server.keys = [first];
      const far = await OutsideIssuer.of(idp, tenant, { issuer: 'https://far.example', jwks_uri: server.url });
      const signed = (key: typeof first) => far.sign(far.claims('ada'), { kid: key.kid }, key.privateKey);
      expect(await redeem(await signed(first))).toBeDefined();
      expect(await redeem(await signed(first))).toBeDefined();
      expect(server.requests).toBe(1);
      server.keys = [second];
      expect(await refused(await signed(second))).toBe('invalid_grant');
      idp.clock.forward(61);
      expect(await redeem(await signed(second))).toBeDefined();
      expect(server.requests).toBe(2);
    });
  });
});
