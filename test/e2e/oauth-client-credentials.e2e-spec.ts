import { ClientsService, type NewClient, type Resource } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { RolesService } from '@tokenidp/users';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { API, createApi, createMachine, type TestClient } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, relyingParty, type Tokens } from '../support/stock-client';

const BILLING = 'https://billing.example/';

const scopes = (name: string) => [{ name, displayName: name, description: `All of ${name}.`, sensitive: false }];

describe('OAuth 2.1 §4.2 client credentials', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: Resource;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { clientAuthFailuresPerMinute: 1000 } } });
    api = await createApi(idp, tenant, []);
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  async function machine(metadata: Partial<NewClient> = {}): Promise<TestClient> {
    const made = await createMachine(idp, tenant, metadata);
    await give(made, api, ['api.read', 'api.write']);
    return made;
  }

  const give = ({ client }: TestClient, { id }: Resource, clientScopes: string[]) =>
    idp.get(ClientsService).assign(tenant, client.id, id, { userScopes: [], clientScopes });

  async function ask(of: TestClient, parameters: Record<string, string> = {}): Promise<Tokens> {
    return openid.clientCredentialsGrant(await relyingParty(tenant, of), parameters);
  }

  const refused = async (of: TestClient, parameters: Record<string, string>) => refusalOf(ask(of, parameters));

  const tokenWith = async ({ client }: TestClient, secret: string): Promise<number> =>
    (await postForm(`${tenant.issuer}/token`, { grant_type: 'client_credentials' }, basic(client.client_id, secret)))
      .status;

  describe('RFC 9068 §2 the token', () => {
    it('says who it is from, for whom, for how long, and nothing of a sign-in', async () => {
      const own = await machine();
      const tokens = await ask(own, { scope: 'api.read' });
      expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 600, scope: 'api.read' });
      expect(tokens).not.toHaveProperty('refresh_token');
      expect(tokens).not.toHaveProperty('id_token');
      const keys = createRemoteJWKSet(new URL(`${tenant.issuer}/.well-known/jwks.json`));
      const expected = { issuer: tenant.issuer, audience: API, typ: 'at+jwt' };
      const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, expected);
      const { client_id } = own.client;
      expect(payload).toEqual({
        ...{ iss: tenant.issuer, sub: client_id, client_id, aud: API, scope: 'api.read' },
        ...{ jti: expect.stringMatching(/^[\w-]{22,}$/), iat: expect.any(Number), exp: payload.iat! + 600 },
      });
      expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) });
    });

    it('is another one each time', async () => {
      const own = await machine();
      const several = await Promise.all(Array.from({ length: 5 }, () => ask(own)));
      expect(new Set(several.map(({ access_token }) => decodeJwt(access_token).jti)).size).toBe(5);
    });

    it('is signed as the resource wants, and lives as long as client or resource say', async () => {
      const signed = await createApi(idp, tenant, [], {
        ...{ identifier: 'https://signed.example/', algorithm: 'RS256', accessTokenSeconds: 120 },
        scopes: scopes('signed.read'),
      });
      const own = await machine();
      await give(own, signed, ['signed.read']);
      const tokens = await ask(own, { scope: 'signed.read' });
      expect(decodeProtectedHeader(tokens.access_token).alg).toBe('RS256');
      expect(tokens.expires_in).toBe(120);
      expect((await ask(await machine({ access_token_seconds: 90 }))).expires_in).toBe(90);
    });
  });

  describe('RFC 6749 §3.3 the scope', () => {
    it('left out it is the client’s default set, and never all that it may have', async () => {
      const own = await machine({ default_scope: 'api.read' });
      expect((await ask(own)).scope).toBe('api.read');
      const none = await ask(await machine());
      expect(none.scope).toBeUndefined();
      expect(decodeJwt(none.access_token)).toMatchObject({ aud: API });
      expect(decodeJwt(none.access_token)).not.toHaveProperty('scope');
    });

    it('what was taken from the client falls out of its default set', async () => {
      const own = await machine({ default_scope: 'api.read api.write' });
      await give(own, api, ['api.write']);
      expect((await ask(own)).scope).toBe('api.write');
      expect(await refused(own, { scope: 'api.read' })).toEqual({ status: 400, error: 'invalid_scope' });
    });

    it('S-063 is what was assigned to the client for itself, or nothing is given', async () => {
      const own = await createMachine(idp, tenant);
      await idp.get(ClientsService).assign(tenant, own.client.id, api.id, {
        ...{ userScopes: [], clientScopes: ['api.read'] },
      });
      expect((await ask(own, { scope: 'api.read' })).scope).toBe('api.read');
      const beyond = ['api.write', 'api.read api.write', 'openid', 'offline_access', 'profile', 'admin', 'API.READ'];
      for (const scope of beyond) {
        expect({ scope, ...(await refused(own, { scope })) }).toEqual({ scope, status: 400, error: 'invalid_scope' });
      }
    });

    it('RFC 7591 §2 is at most what the client has registered', async () => {
      const own = await machine({ scope: 'api.read' });
      expect((await ask(own, { scope: 'api.read' })).scope).toBe('api.read');
      expect((await refused(own, { scope: 'api.write' })).error).toBe('invalid_scope');
    });
  });

  describe('RFC 8707 §2.2 the resource', () => {
    let own: TestClient;

    beforeAll(async () => {
      const billing = await createApi(idp, tenant, [], {
        identifier: BILLING,
        scopes: scopes('bills.pay'),
      });
      own = await machine();
      await give(own, billing, ['bills.pay']);
    });

    const audience = async (parameters: [string, string][]) => {
      const form: [string, string][] = [['grant_type', 'client_credentials'], ...parameters];
      const answer = await postForm(`${tenant.issuer}/token`, form, basic(own.client.client_id, own.secret));
      return answer.status === 200 ? decodeJwt(String(answer.json!.access_token)).aud : answer.json!.error;
    };

    it('is the owner of the scopes when it is not named', async () => {
      expect(await audience([['scope', 'bills.pay']])).toBe(BILLING);
      expect(await audience([['scope', 'api.read']])).toBe(API);
      expect(await audience([['scope', 'api.read bills.pay']])).toBe('invalid_target');
    });

    it('is what is named, one or several', async () => {
      expect(await audience([['resource', BILLING]])).toBe(BILLING);
      const both = [API, BILLING].map((resource): [string, string] => ['resource', resource]);
      expect(await audience([['scope', 'api.read bills.pay'], ...both])).toEqual([API, BILLING]);
    });

    it('is one that the client was assigned, and has the scopes', async () => {
      for (const resource of ['https://other.example/', `${API}?`, API.toUpperCase(), tenant.issuer, 'x']) {
        expect({ resource, is: await audience([['resource', resource]]) }).toEqual({ resource, is: 'invalid_target' });
      }
      const mixed: [string, string][] = [
        ['scope', 'api.read'],
        ['resource', BILLING],
      ];
      expect(await audience(mixed)).toBe('invalid_scope');
    });
  });

  it('product §6 roles and permissions are in tokens of resources that ask for them, and follow what is given and taken', async () => {
    const roles = idp.get(RolesService);
    const guarded = await createApi(idp, tenant, [], {
      ...{ identifier: 'https://guarded.example/', includeRoles: true, includePermissions: true },
      scopes: scopes('guarded'),
    });
    await roles.createPermissions(tenant, guarded.id, [
      { key: 'orders.read', description: 'Read' },
      { key: 'orders.write', description: 'Write' },
    ]);
    await roles.create(tenant, { name: 'clerk', displayName: 'Clerk', permissions: { [guarded.id]: ['orders.read'] } });
    const own = await machine();
    await give(own, guarded, ['guarded']);
    const rights = async (scope: string) => {
      const { roles: held, permissions } = decodeJwt((await ask(own, { scope })).access_token);
      return { roles: held, permissions };
    };
    expect(await rights('guarded')).toEqual({ roles: [], permissions: [] });
    const holder = { type: 'client' as const, id: own.client.id };
    await roles.assign(tenant, holder, 'clerk');
    expect(await rights('guarded')).toEqual({ roles: ['clerk'], permissions: ['orders.read'] });
    expect(await rights('api.read')).toEqual({ roles: undefined, permissions: undefined });
    await roles.unassign(tenant, holder, 'clerk');
    expect(await rights('guarded')).toEqual({ roles: [], permissions: [] });
  });

  it('RFC 6750 §1.3 an opaque token tells nobody anything but who may introspect it', async () => {
    const closed = await createApi(idp, tenant, [], {
      ...{ identifier: 'https://closed.example/', tokenFormat: 'opaque' },
      scopes: scopes('closed.read'),
    });
    const [own, server, stranger] = [await machine(), await createMachine(idp, tenant), await machine()];
    for (const each of [own, server]) await give(each, closed, ['closed.read']);
    const { access_token, expires_in } = await ask(own, { scope: 'closed.read' });
    expect(access_token).toMatch(/^tat_[\w-]{43,}$/);
    const introspect = async (by: TestClient) =>
      openid.tokenIntrospection(await relyingParty(tenant, by), access_token);
    const { client_id } = own.client;
    expect(await introspect(server)).toMatchObject({
      ...{ active: true, iss: tenant.issuer, sub: client_id, client_id, aud: 'https://closed.example/' },
      ...{ scope: 'closed.read', token_type: 'Bearer' },
    });
    expect(await introspect(stranger)).toEqual({ active: false });
    idp.clock.forward(expires_in! + 1);
    expect(await introspect(own)).toEqual({ active: false });
  });

  describe('RFC 6819 §5.1.4.1.3 secrets', () => {
    it('of several each is good while it lives, so that one follows the other without a gap', async () => {
      const clients = idp.get(ClientsService);
      const own = await machine();
      const expiresAt = new Date(idp.clock.now().getTime() + 3600_000);
      const passing = await clients.addSecret(tenant, own.client.id, { name: 'passing', expiresAt });
      const lasting = await clients.addSecret(tenant, own.client.id, { name: 'lasting' });
      const believed = async () => Promise.all([own.secret, passing, lasting].map((secret) => tokenWith(own, secret)));
      expect(await believed()).toEqual([200, 200, 200]);
      const { secrets } = (await clients.find(tenant.id, own.client.client_id))!;
      const first = secrets.find(({ name }) => !['passing', 'lasting'].includes(name))!;
      await clients.revokeSecret(tenant, own.client.id, first.id);
      expect(await believed()).toEqual([401, 200, 200]);
      idp.clock.forward(3601);
      expect(await believed()).toEqual([401, 401, 200]);
    });

    it('S-077 only as they were given: not longer, not shorter, not in another case', async () => {
      const own = await machine();
      const { secret } = own;
      const altered = [secret.slice(0, -1), `${secret}A`, secret.toUpperCase(), ` ${secret}`, secret.slice(4)];
      for (const each of altered) expect(await tokenWith(own, each)).toBe(401);
      expect(await tokenWith(own, secret)).toBe(200);
    });
  });

  it('S-059 a client that is registered for another grant may not use this one', async () => {
    const web = await createMachine(idp, tenant, {
      ...{ type: 'web', redirect_uris: ['https://client.example/callback'], grant_types: ['authorization_code'] },
    });
    expect(await refused(web, {})).toEqual({ status: 400, error: 'unauthorized_client' });
  });
});
