import { ClientsService, ResourcesService } from '@tokenidp/clients';
import { TOKEN_TYPES } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { Authorizations } from '../../libs/oauth/src/tokens/authorizations.service';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { API, createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, relyingParty, type Tokens } from '../support/stock-client';

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const BACKEND = 'https://backend.example/';
const OPAQUE = 'https://opaque.example/';

describe('RFC 8693 token exchange', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let app: CodeFlow;
  /** the API itself, which calls another */
  let api: TestClient;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user, credentials } = await createUser(idp, tenant));
    const front = await createClient(idp, tenant, { grant_types: ['authorization_code', 'refresh_token', GRANT] });
    api = await createMachine(idp, tenant, {
      grant_types: ['client_credentials', GRANT],
      token_exchange: { subject_audiences: [API], audiences: [BACKEND, OPAQUE] },
    });
    const clients = idp.get(ClientsService);
    await createApi(idp, tenant, [front.client]);
    const backend = await createApi(idp, tenant, [], { identifier: BACKEND, name: 'Backend' });
    const opaque = await createApi(idp, tenant, [], { identifier: OPAQUE, name: 'Opaque', tokenFormat: 'opaque' });
    for (const { id } of [backend, opaque]) {
      const assigned = { userScopes: ['api.read'], clientScopes: ['api.read'] };
      await clients.assign(tenant, api.client.id, id, assigned);
    }
    api = { ...api, client: (await clients.find(tenant.id, api.client.client_id))! };
    app = await CodeFlow.of(tenant, front);
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  async function tokens(scope = 'openid api.read api.write', by = credentials): Promise<Tokens> {
    const parameters = { scope, prompt: 'consent' };
    return app.tokens(await app.code(new HttpBrowser(), { credentials: by, parameters }));
  }

  type Form = Record<string, string>;
  async function exchange(subject_token: string, form: Form = {}, by = api): Promise<Tokens> {
    const config = await relyingParty(tenant, by);
    return openid.genericGrantRequest(config, GRANT, {
      subject_token,
      subject_token_type: TOKEN_TYPES.accessToken,
      ...form,
    });
  }
  const refused = async (subject_token: string, form?: Form, by?: TestClient) =>
    (await refusalOf(exchange(subject_token, form, by))).error;

  describe('§2.1, §4.1 delegation', () => {
    it('RFC 8693 §2, §2.2.1 gives an access token for another API that names who acts', async () => {
      const { access_token } = await tokens();
      const answer = await exchange(access_token, { resource: BACKEND, scope: 'api.read' });
      expect(answer).toMatchObject({
        issued_token_type: TOKEN_TYPES.accessToken,
        token_type: 'bearer',
        scope: 'api.read',
      });
      expect(answer.refresh_token).toBeUndefined();
      const claims = decodeJwt(answer.access_token);
      expect(decodeProtectedHeader(answer.access_token).typ).toBe('at+jwt');
      const { client_id } = api.client;
      expect(claims).toMatchObject({ sub: user.id, aud: BACKEND, client_id, act: { sub: client_id } });
      expect(claims).toMatchObject({ auth_time: decodeJwt(access_token).auth_time, amr: ['pwd'] });
      const described = await openid.tokenIntrospection(await relyingParty(tenant, api), answer.access_token);
      expect(described).toMatchObject({ active: true, username: 'ada', act: { sub: client_id } });
    });

    it('is what another stock client makes of it, too', async () => {
      const as = await oauth
        .discoveryRequest(new URL(tenant.issuer), { [oauth.allowInsecureRequests]: true })
        .then((response) => oauth.processDiscoveryResponse(new URL(tenant.issuer), response));
      expect(as.grant_types_supported).toContain(GRANT);
      const client: oauth.Client = { client_id: api.client.client_id };
      const form = { subject_token: (await tokens()).access_token, subject_token_type: TOKEN_TYPES.accessToken };
      const authentication = oauth.ClientSecretBasic(api.secret);
      const response = await oauth.genericTokenEndpointRequest(
        as,
        client,
        authentication,
        GRANT,
        { ...form, audience: BACKEND },
        { [oauth.allowInsecureRequests]: true },
      );
      const answer = await oauth.processGenericTokenEndpointResponse(as, client, response);
      expect(decodeJwt(answer.access_token)).toMatchObject({ aud: BACKEND, scope: 'api.read' });
    });
  });

  describe('§2.1 the target', () => {
    it('RFC 8707 §2.2 is the audience of the subject token when none is named: fewer scopes, no others', async () => {
      const { access_token } = await tokens();
      const claims = decodeJwt((await exchange(access_token, { scope: 'api.read' }, app.app)).access_token);
      expect(claims).toMatchObject({ aud: API, scope: 'api.read', act: { sub: app.app.client.client_id } });
      const whole = decodeJwt((await exchange(access_token, {}, app.app)).access_token);
      expect(whole.aud).toEqual([API, tenant.issuer]);
      expect(String(whole.scope).split(' ').sort()).toEqual(['api.read', 'api.write', 'openid']);
    });

    it('S-063 holds no scope that the subject token or the client does not', async () => {
      const { access_token } = await tokens('openid api.read');
      expect(await refused(access_token, { scope: 'api.write' }, app.app)).toBe('invalid_scope');
      expect(await refused((await tokens()).access_token, { resource: BACKEND, scope: 'api.write' })).toBe(
        'invalid_scope',
      );
      expect(await refused(access_token, { resource: BACKEND, scope: 'openid' })).toBe('invalid_scope');
      expect(await refused(access_token, { scope: 'offline_access' }, app.app)).toBe('invalid_scope');
      const wide = decodeJwt((await exchange((await tokens()).access_token, { resource: BACKEND })).access_token);
      expect(wide.scope).toBe('api.read');
    });

    it('§2.2.2 is refused with invalid_target when nobody allowed it', async () => {
      const { access_token } = await tokens();
      expect(await refused(access_token, { resource: BACKEND }, app.app)).toBe('invalid_target');
      expect(await refused(access_token, { audience: 'https://nowhere.example/' })).toBe('invalid_target');
      expect(await refused(access_token, { audience: app.app.client.client_id })).toBe('invalid_target');
      // The API holds the token, but may not ask for tokens for itself.
      expect(await refused(access_token)).toBe('invalid_target');
      expect(await refused((await tokens('openid api.write')).access_token, { resource: BACKEND })).toBe(
        'invalid_target',
      );
    });

    it('may take opaque tokens, which fall with the authorization as JWTs do', async () => {
      const { access_token } = await tokens();
      const config = await relyingParty(tenant, api);
      const both = await Promise.all([OPAQUE, BACKEND].map((resource) => exchange(access_token, { resource })));
      expect(both[0]!.access_token).toMatch(/^tat_/);
      const act = { sub: api.client.client_id };
      for (const { access_token: one } of both) {
        expect(await openid.tokenIntrospection(config, one)).toMatchObject({ active: true, sub: user.id, act });
      }
      const requested_token_type = TOKEN_TYPES.jwt;
      expect(await refused(access_token, { resource: OPAQUE, requested_token_type })).toBe('invalid_target');
      const jwt = await exchange(access_token, { resource: BACKEND, requested_token_type });
      expect(jwt.issued_token_type).toBe(requested_token_type);
      const [row] = await idp.database.dataSource.query<{ id: string }[]>(
        `SELECT "authorizationId" AS id FROM access_token WHERE "userId" = '${user.id}' ORDER BY "createdAt" DESC`,
      );
      await idp.get(Authorizations).revoke(tenant.id, row!.id, 'revoked-by-client');
      for (const { access_token: one } of [...both, jwt]) {
        expect(await openid.tokenIntrospection(config, one)).toEqual({ active: false });
      }
    });

    it('S-064 ends with the subject token at the latest', async () => {
      idp.clock.hold();
      const { access_token } = await tokens();
      idp.clock.forward(200);
      const answer = await exchange(access_token, { resource: BACKEND });
      expect(answer.expires_in).toBe(100);
      expect(decodeJwt(answer.access_token).exp).toBe(decodeJwt(access_token).exp);
      idp.clock.forward(100);
      expect(await refused(access_token, { resource: BACKEND })).toBe('invalid_request');
    });
  });

  describe('§2.1, §3 the types of tokens', () => {
    it('OIDC Core §2 an ID token stands for the session it came from', async () => {
      const { id_token } = await tokens('openid api.read');
      const subject_token_type = TOKEN_TYPES.idToken;
      const answer = await exchange(id_token!, { subject_token_type, scope: 'api.read' }, app.app);
      expect(decodeJwt(answer.access_token)).toMatchObject({ sub: user.id, aud: API, scope: 'api.read' });
      expect(await refused(id_token!, { subject_token_type, scope: 'api.write' }, app.app)).toBe('invalid_scope');
      expect(await refused(id_token!, { subject_token_type, resource: BACKEND })).toBe('invalid_request');
    });

    it('a refresh token is taken only where the policy says so, and only from its own client', async () => {
      const { refresh_token } = await tokens('openid offline_access api.read');
      const form = { subject_token_type: TOKEN_TYPES.refreshToken, scope: 'api.read' };
      expect(await refused(refresh_token!, form, app.app)).toBe('invalid_request');
      const clients = idp.get(ClientsService);
      await clients.update(tenant, app.app.client.id, { token_exchange: { refresh_tokens: true } });
      expect(decodeJwt((await exchange(refresh_token!, form, app.app)).access_token)).toMatchObject({ aud: API });
      await clients.update(tenant, api.client.id, {
        token_exchange: { ...api.client.token_exchange, refresh_tokens: true },
      });
      expect(await refused(refresh_token!, { ...form, resource: BACKEND })).toBe('invalid_request');
      await clients.update(tenant, app.app.client.id, { token_exchange: null });
    });

    it('a token of a client: the subject stays that client', async () => {
      const machine = await createMachine(idp, tenant);
      const resource = (await idp.get(ResourcesService).findByIdentifier(tenant.id, API))!;
      const assigned = { userScopes: [], clientScopes: ['api.read'] };
      await idp.get(ClientsService).assign(tenant, machine.client.id, resource.id, assigned);
      const { access_token } = await openid.clientCredentialsGrant(await relyingParty(tenant, machine));
      const answer = await exchange(access_token, { resource: BACKEND });
      const { client_id } = machine.client;
      expect(decodeJwt(answer.access_token)).toMatchObject({ sub: client_id, client_id: api.client.client_id });
      await idp.get(ClientsService).disable(tenant, machine.client.id);
      expect(await refused(answer.access_token, { resource: BACKEND })).toBe('invalid_request');
    });

    it.each([
      ['no subject token', { subject_token: '' }],
      ['no type', { subject_token_type: '' }],
      ['an unknown type', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }],
      ['a requested ID token', { requested_token_type: TOKEN_TYPES.idToken }],
      ['a requested refresh token', { requested_token_type: TOKEN_TYPES.refreshToken }],
      ['an actor token without its type', { actor_token: 'x' }],
      ['the type of an actor token without one', { actor_token_type: TOKEN_TYPES.accessToken }],
      ['an actor token that is none', { actor_token: 'x', actor_token_type: TOKEN_TYPES.accessToken }],
      ['the wrong type', { subject_token_type: TOKEN_TYPES.idToken }],
    ])('§2.2.2 %s is refused with invalid_request', async (_name, form) => {
      expect(await refused((await tokens()).access_token, { resource: BACKEND, ...form } as Form)).toBe(
        'invalid_request',
      );
    });
  });
});
