import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import * as argon2 from '@node-rs/argon2';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { newClientKey } from '../support/client-key';
import { CodeFlow, type GivenCode, passThrough } from '../support/code-flow';
import { onEveryDatabase } from '../support/contract';
import { ProofKey, ProofSender } from '../support/dpop';
import { createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { type Cost, RequestStatements } from '../support/request-statements';
import { relyingParty, type Tokens } from '../support/stock-client';

// The library's functions can be counted only when they are replaced by functions that count.
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, hash: jest.fn(real.hash), verify: jest.fn(real.verify) };
});

const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };

onEveryDatabase('architecture §14 what the hot paths cost', (context) => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let server: RequestStatements;

  beforeAll(async () => {
    idp = await startIdp({ databaseUrl: context.url });
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user, credentials } = await createUser(idp, tenant));
    server = new RequestStatements(idp);
  });

  afterAll(() => idp?.close());

  const newApp = async (metadata: Partial<NewClient> = {}) =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));

  /** The second time: what can be in memory is. */
  async function warm(work: () => Promise<unknown>): Promise<Cost> {
    await server.settled();
    await work();
    return server.of(work);
  }

  /** The word of what was created a moment ago comes back through the database, and empties a cache once more. */
  async function expectFree(work: () => Promise<unknown>): Promise<void> {
    let cost = await warm(work);
    for (let round = 0; cost.statements.length > 0 && round < 3; round += 1) cost = await server.of(work);
    expect(cost.statements).toEqual([]);
  }

  /** At most so many statements, and not more than one transaction. */
  function expectAtMost(cost: Cost, statements: number): void {
    expect({ cost, isWithin: cost.statements.length <= statements }).toEqual({ cost, isWithin: true });
    expect(cost.transactions).toBeLessThanOrEqual(1);
    expect(cost.statements.length).toBeGreaterThan(0);
  }

  function expectOneRead(cost: Cost): void {
    expectAtMost(cost, 1);
    expect(cost).toMatchObject({ reads: 1, transactions: 0 });
  }

  describe('discovery, JWKS: memory', () => {
    it.each(['openid-configuration', 'oauth-authorization-server', 'jwks.json'])('%s', async (document) => {
      const url = `${tenant.issuer}/.well-known/${document}`;
      await expectFree(async () => expect((await send(url)).status).toBe(200));
    });

    it('a tenant that nobody has is asked for once', async () => {
      const url = `${idp.origin}/t/nobody/.well-known/openid-configuration`;
      await expectFree(async () => expect((await send(url)).status).toBe(404));
    });
  });

  describe('client_credentials', () => {
    let machine: TestClient;

    beforeAll(async () => {
      machine = await createMachine(idp, tenant);
      await createApi(idp, tenant, [machine.client]);
      const opaque = { identifier: 'https://opaque.example/', tokenFormat: 'opaque', includeRoles: true } as const;
      const scopes = [{ name: 'opaque', displayName: '', description: '', sensitive: false }];
      await createApi(idp, tenant, [machine.client], { ...opaque, scopes });
    });

    async function ask(scope: string): Promise<string> {
      const form = { grant_type: 'client_credentials', scope };
      const answer = await postForm(`${tenant.issuer}/token`, form, basic(machine.client.client_id, machine.secret));
      expect(answer.status).toBe(200);
      return String(answer.json!.access_token);
    }

    it('with a JWT: no query', async () => expectFree(() => ask('api.read')));

    it('with an opaque token: the one that stores it', async () => expectAtMost(await warm(() => ask('opaque')), 1));

    it('by an assertion: the one that spends it', async () => {
      const key = await newClientKey('one');
      const method = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.publicJwk] } } as const;
      const signing = await createMachine(idp, tenant, method);
      const authentication = openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid });
      const config = await relyingParty(tenant, signing, { authentication });
      expectAtMost(await warm(() => openid.clientCredentialsGrant(config)), 1);
    });

    it('RFC 9449 §11.1 with a proof: the one that spends it', async () => {
      const sender = new ProofSender(idp, tenant.issuer);
      const headers = basic(machine.client.client_id, machine.secret);
      const form = { grant_type: 'client_credentials', scope: 'api.read' };
      const proven = async () => {
        const answer = await sender.token(form, headers, { key: new ProofKey('ES256') });
        expect(answer).toMatchObject({ status: 200, json: { token_type: 'DPoP' } });
      };
      expect((await warm(proven)).statements).toEqual(['oauth.replay.spend']);
    });

    it.each(['api.read', 'opaque'])('introspection of a token for %s: one read', async (scope) => {
      const token = await ask(scope);
      const config = await relyingParty(tenant, machine);
      const introspect = async () =>
        expect(await openid.tokenIntrospection(config, token)).toMatchObject({ active: true });
      expectOneRead(await warm(introspect));
    });
  });

  describe('the code flow', () => {
    let app: CodeFlow;
    let browser: HttpBrowser;

    beforeAll(async () => {
      app = await newApp();
      browser = new HttpBrowser();
      await app.code(browser, { credentials });
    });

    it('authorize with a live session and consent: at most two reads, one transaction', async () => {
      const cost = await warm(async () => {
        const { url } = await app.request();
        const answer = await browser.get(url.href);
        expect(answer.headers.get('location')).toMatch(/[?&]code=tac_/);
      });
      expect(cost.reads).toBeLessThanOrEqual(2);
      expect(cost.transactions).toBe(1);
      expectAtMost(cost, 3);
    });

    it.each([
      ['a JWT', {}],
      ['a JWT and a refresh token', OFFLINE],
    ])('code to tokens, %s: one transaction, at most four statements', async (_, parameters) => {
      const codes = [await app.code(browser, { parameters }), await app.code(browser, { parameters })];
      const cost = await warm(async () => expect((await app.redeem(codes.pop() as GivenCode)).status).toBe(200));
      expectAtMost(cost, 4);
      expect(cost.transactions).toBe(1);
    });

    it.each([
      ['that stays', false],
      ['that rotates', true],
    ])('refresh, of a token %s: one transaction, at most three statements', async (_, rotate) => {
      const refreshing = await newApp({ refresh: { rotate, always: true } });
      let { refresh_token } = await refreshing.tokens(await refreshing.code(browser));
      const cost = await warm(async () => {
        const answer = await refreshing.refresh(refresh_token!);
        expect(answer.status).toBe(200);
        refresh_token = String(answer.json!.refresh_token);
      });
      expectAtMost(cost, 3);
      expect(cost.transactions).toBe(1);
    });

    it('RFC 9449 §11.1 a proof costs one statement more, wherever it comes', async () => {
      const sender = new ProofSender(idp, tenant.issuer);
      const key = new ProofKey('ES256');
      const headers = () => ({ dpop: sender.proof('/token', 'POST', { key }) });
      const codes = [
        await app.code(browser, { parameters: OFFLINE }),
        await app.code(browser, { parameters: OFFLINE }),
      ];
      const tokens: Answer[] = [];
      const redeem = async () => tokens.push(await app.redeem(codes.pop() as GivenCode, {}, { headers: headers() }));
      expect((await warm(redeem)).statements).toHaveLength(3);
      const { access_token, refresh_token } = tokens[0]!.json!;
      const refresh = () => app.refresh(String(refresh_token), {}, { headers: headers() });
      expect((await warm(refresh)).statements).toHaveLength(3);
      const userinfo = async () => expect((await sender.userinfo(String(access_token), { key })).status).toBe(200);
      expect((await warm(userinfo)).statements).toEqual(['oauth.access-token.find-standing', 'oauth.replay.spend']);
    });

    describe('tokens of a user', () => {
      let tokens: Tokens;

      beforeAll(async () => {
        tokens = await app.tokens(await app.code(browser, { parameters: OFFLINE }));
      });

      it('introspection of an access token: one read', async () => {
        expectOneRead(await warm(async () => expect(await app.isActive(tokens.access_token)).toBe(true)));
      });

      it('introspection of a refresh token: one read', async () => {
        expectOneRead(await warm(async () => expect(await app.isActive(tokens.refresh_token!)).toBe(true)));
      });

      it('userinfo: one read', async () => {
        const ask = () => openid.fetchUserInfo(app.config, tokens.access_token, user.id);
        expectOneRead(await warm(async () => expect(await ask()).toMatchObject({ sub: user.id })));
      });
    });
  });

  describe('password sign-in: one hash', () => {
    const hashes = () => jest.mocked(argon2.hash).mock.calls.length + jest.mocked(argon2.verify).mock.calls.length;

    it.each([
      ['a right one', {}, 303],
      ['a wrong one', { password: 'wrong and long enough' }, 400],
      ['of nobody', { username: 'nobody' }, 400],
    ])('%s', async (_, changed, status) => {
      const app = await newApp({ consent: 'implicit' });
      const { url } = await app.request();
      const before = hashes();
      const page = await passThrough(new HttpBrowser(), url, { ...credentials, ...changed });
      expect(page.status).toBe(status);
      expect(hashes() - before).toBe(1);
    });
  });

  it('a count that counts: what is cold costs something', async () => {
    const other = await idp.createTenant({ slug: 'cold' });
    const cost = await server.of(() => send(`${other.issuer}/.well-known/jwks.json`));
    expect(cost.statements.length).toBeGreaterThan(0);
    const { client, secret } = await createMachine(idp, other);
    const form = { grant_type: 'client_credentials' };
    const refused = await server.of(() =>
      postForm(`${other.issuer}/token`, form, basic(client.client_id, `${secret}~`)),
    );
    expect(refused.statements.length).toBeGreaterThan(0);
  });
});
