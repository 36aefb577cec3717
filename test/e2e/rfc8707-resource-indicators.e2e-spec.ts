import type { Resource } from '@tokenidp/clients';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { expectErrorRedirect, expectTokenError } from '../support/conformance';
import { ConformanceClient } from '../support/conformance-client';
import { ConformancePlan } from '../support/conformance-plan';
import { API, createApi, createMachine } from '../support/fixtures';
import type { HttpPerson } from '../support/http-person';
import type { Tokens } from '../support/stock-client';

const FILES = 'https://files.example/v1';
const OTHER = 'https://unassigned.example/';
const FILES_API: Partial<Resource> = {
  identifier: FILES,
  name: 'Files',
  scopes: [{ name: 'files.read', displayName: 'Read files', description: '', sensitive: false }],
};

/** `resource` may come more than once, which a record cannot say. */
const naming = (...resources: string[]): URLSearchParams =>
  new URLSearchParams(resources.map((resource) => ['resource', resource]));

const audienceOf = ({ access_token }: { access_token: string }) => [decodeJwt(access_token).aud].flat();
const scopesOf = ({ access_token }: { access_token: string }) => String(decodeJwt(access_token).scope).split(' ');

describe('RFC 8707 resource indicators', () => {
  let plan: ConformancePlan;
  let person: HttpPerson;
  let app: ConformanceClient;
  let machine: ConformanceClient;
  let narrow: ConformanceClient;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
    const { idp, tenant } = plan;
    app = await plan.app({ consent: 'implicit' });
    const registered = await createMachine(idp, tenant);
    machine = await ConformanceClient.discover(tenant, registered);
    const one = await createMachine(idp, tenant);
    narrow = await ConformanceClient.discover(tenant, one);
    await createApi(idp, tenant, [app.registration.client, registered.client, one.client]);
    await createApi(idp, tenant, [app.registration.client, registered.client], FILES_API);
    await createApi(idp, tenant, [], { identifier: OTHER, name: 'Not for these clients' });
    person = await plan.resident();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  async function request(scope: string, resources: readonly string[]) {
    const prepared = await app.request({ scope });
    for (const resource of resources) prepared.url.searchParams.append('resource', resource);
    return prepared;
  }

  /** A code for these resources, and the trade in which others may be named. */
  async function codeFor(scope: string, resources: readonly string[]) {
    const prepared = await request(scope, resources);
    const callback = await person.authorize(prepared.url);
    return (...named: string[]): Promise<Tokens> => app.redeem(callback, prepared, naming(...named));
  }

  async function refuse(asked: Promise<unknown>, error = 'invalid_target', by = app): Promise<void> {
    await expect(asked).rejects.toMatchObject({ error });
    expectTokenError(by.lastAnswer, error);
  }

  describe('the authorization request', () => {
    it('RFC 8707 §2.1, §2.2 the token is for the resource that was named, and for nobody else', async () => {
      const tokens = await (await codeFor('openid email api.read', [API]))();
      expect(audienceOf(tokens)).toEqual([API]);
      expect(scopesOf(tokens)).toEqual(['openid', 'email', 'api.read']);
      await expect(openid.fetchUserInfo(app.config, tokens.access_token, plan.user.id)).rejects.toThrow();
      expect(app.lastAnswer.status).toBe(401);
    });

    it('RFC 8707 §2.1 the provider itself is a resource too: userinfo', async () => {
      const { issuer } = plan.tenant;
      const tokens = await (await codeFor('openid email', [issuer]))();
      expect(audienceOf(tokens)).toEqual([issuer]);
      await expect(openid.fetchUserInfo(app.config, tokens.access_token, plan.user.id)).resolves.toMatchObject({
        email: 'ada@example.com',
      });
    });

    it('RFC 8707 §2.1 without resource the scopes say which API is meant', async () => {
      const tokens = await (await codeFor('files.read', []))();
      expect(audienceOf(tokens)).toEqual([FILES]);
      const withOpenid = await (await codeFor('openid api.read', []))();
      expect(audienceOf(withOpenid)).toEqual([API, plan.tenant.issuer]);
    });

    it.each([
      ['an API that is not assigned', 'openid', [OTHER], 'invalid_target'],
      ['one that is and one that is not', 'openid api.read', [API, OTHER], 'invalid_target'],
      ['an API that there is not', 'openid', ['https://nowhere.example/'], 'invalid_target'],
      ['an identifier without its slash', 'openid api.read', [API.slice(0, -1)], 'invalid_target'],
      ['an identifier with more behind it', 'openid api.read', [`${API}more`], 'invalid_target'],
      ['an identifier in capitals', 'openid api.read', [API.toUpperCase()], 'invalid_target'],
      ['a relative reference', 'openid', ['/api'], 'invalid_target'],
      ['a fragment', 'openid api.read', [`${API}#x`], 'invalid_target'],
      ['a scope of another API', 'files.read', [API], 'invalid_scope'],
      ['scopes of two APIs without saying which', 'api.read files.read', [], 'invalid_target'],
    ])('RFC 8707 §2 is refused for %s', async (_name, scope, resources, error) => {
      const prepared = await request(scope, resources);
      const callback = await person.authorize(prepared.url);
      expectErrorRedirect(callback, prepared, { issuer: plan.tenant.issuer, error });
    });
  });

  describe('the token request', () => {
    const both = (): ReturnType<typeof codeFor> => codeFor('openid api.read api.write files.read', [API, FILES]);

    it('RFC 8707 §2.2 narrows what was granted to one resource and to its scopes', async () => {
      const tokens = await (await both())(FILES);
      expect(audienceOf(tokens)).toEqual([FILES]);
      expect(scopesOf(tokens)).toEqual(['openid', 'files.read']);
      expect(tokens.scope).toBe('openid files.read');
    });

    it('RFC 8707 §2.2 a resource that is named twice is one', async () => {
      expect(audienceOf(await (await both())(API, API))).toEqual([API]);
    });

    it('RFC 8707 §2.2 without a resource everything that was granted is meant', async () => {
      expect(audienceOf(await (await both())())).toEqual([API, FILES]);
    });

    it.each([
      ['an API that was not granted', FILES],
      ['an API that is not assigned', OTHER],
      ['the provider, which was not named', 'issuer'],
      ['what is no URI', 'api'],
    ])('RFC 8707 §2.2 is refused for %s, and the code is still good', async (_name, resource) => {
      const trade = await codeFor('openid api.read', [API]);
      await refuse(trade(resource === 'issuer' ? plan.tenant.issuer : resource));
      expect(audienceOf(await trade(API))).toEqual([API]);
    });

    it('RFC 8707 §2.2 each use of a refresh token may name another of the granted resources', async () => {
      const first = await (await codeFor('openid offline_access api.read files.read', [API, FILES]))(API);
      expect(audienceOf(first)).toEqual([API]);
      const refresh = (resource: string): Promise<Tokens> =>
        openid.refreshTokenGrant(app.config, first.refresh_token!, { resource });
      const second = await refresh(FILES);
      expect(audienceOf(second)).toEqual([FILES]);
      expect(scopesOf(second)).toEqual(['openid', 'offline_access', 'files.read']);
      await refuse(refresh(OTHER));
      expect(audienceOf(await refresh(API))).toEqual([API]);
    });
  });

  describe('a client for itself', () => {
    const token = (parameters: Record<string, string> | URLSearchParams, by = machine) =>
      openid.clientCredentialsGrant(by.config, parameters);

    it.each([
      [API, 'api.read api.write'],
      [FILES, 'files.read'],
    ])('RFC 8707 §2.2 gets a token for the resource it names: %s', async (resource, scope) => {
      const issued = await token({ resource, scope });
      expect(audienceOf(issued)).toEqual([resource]);
      expect(scopesOf(issued)).toEqual(scope.split(' '));
    });

    it('RFC 8707 §2.2 gets one token for two resources', async () => {
      const parameters = naming(API, FILES);
      parameters.set('scope', 'api.read files.read');
      expect(audienceOf(await token(parameters))).toEqual([API, FILES]);
    });

    it('RFC 9068 §3 means the one API it was assigned when it names none', async () => {
      expect(audienceOf(await token({}, narrow))).toEqual([API]);
    });

    it.each([
      ['another API', { resource: OTHER }, 'invalid_target'],
      ['the provider', { resource: 'issuer' }, 'invalid_target'],
      ['a scope of another API than it names', { resource: API, scope: 'files.read' }, 'invalid_scope'],
      ['scopes of two APIs without saying which', { scope: 'api.read files.read' }, 'invalid_target'],
    ])('RFC 8707 §2.2 is refused for %s', async (_name, parameters, error) => {
      const sent = { ...parameters } as Record<string, string>;
      if (sent.resource === 'issuer') sent.resource = plan.tenant.issuer;
      await refuse(token(sent), error, machine);
    });
  });
});
