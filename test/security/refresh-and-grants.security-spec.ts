import { type NewClient, ClientsService } from '@tokenidp/clients';
import { Authorizations } from '@tokenidp/oauth';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { API, createApi, createClient, createUser } from '../support/fixtures';
import { type Answer, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, startSibling, type TestIdp } from '../support/idp';
import type { Tokens } from '../support/stock-client';

const OFFLINE = { scope: 'openid offline_access api.read api.write', prompt: 'consent' };
const ROTATING = { refresh: { rotate: true, always: false } };
const INVALID_GRANT = { status: 400, error: 'invalid_grant' };
const refusalOf = ({ status, json }: Answer) => ({ status, error: json?.error });

describe('refresh tokens and what hangs from them', () => {
  let idp: TestIdp;
  let sibling: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let browser: HttpBrowser;

  beforeAll(async () => {
    idp = await startIdp();
    sibling = await startSibling(idp);
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user, credentials } = await createUser(idp, tenant));
    browser = new HttpBrowser();
    await createApi(idp, tenant, []);
  });

  afterEach(() => idp.clock.reset());

  afterAll(async () => {
    await sibling?.close();
    await idp?.close();
  });

  /** An application that may have the API's scopes, and tokens of it. */
  async function granted(metadata: Partial<NewClient> = {}): Promise<{ flow: CodeFlow; tokens: Tokens }> {
    const app = await createClient(idp, tenant, metadata);
    const [api] = (await idp.database.dataSource.query(
      `SELECT id FROM resource WHERE "tenantId" = $1 AND identifier = $2`,
      [tenant.id, API],
    )) as [{ id: string }];
    const scopes = { userScopes: ['api.read', 'api.write'], clientScopes: [] };
    await idp.get(ClientsService).assign(tenant, app.client.id, api.id, scopes);
    const flow = await CodeFlow.of(tenant, app);
    return { flow, tokens: await flow.tokens(await flow.code(browser, { credentials, parameters: OFFLINE })) };
  }

  it('S-070 a refresh token is good for the client it was given to, and only when that client proves itself', async () => {
    const { flow, tokens } = await granted();
    const refresh_token = tokens.refresh_token!;
    const { client_id } = flow.app.client;
    const other = await createClient(idp, tenant);
    const spa = await createClient(idp, tenant, { type: 'spa', grant_types: ['authorization_code', 'refresh_token'] });
    expect(refusalOf(await flow.refresh(refresh_token, {}, other))).toEqual(INVALID_GRANT);
    expect(refusalOf(await flow.refresh(refresh_token, {}, spa))).toEqual(INVALID_GRANT);
    const unproven = { grant_type: 'refresh_token', refresh_token, client_id };
    const asked = await postForm(`${tenant.issuer}/token`, unproven);
    expect(refusalOf(asked)).toEqual({ status: 401, error: 'invalid_client' });
    expect((await flow.refresh(refresh_token)).status).toBe(200);
  });

  it('S-070 nor is it good in another tenant, at a client of the same name', async () => {
    const named = { client_id: 'twin' } as Partial<NewClient>;
    const { flow, tokens } = await granted(named);
    const globex = await idp.createTenant({ slug: 'globex' });
    const twin = await createClient(idp, globex, named);
    const there = await CodeFlow.of(globex, twin);
    expect(refusalOf(await there.refresh(tokens.refresh_token!))).toEqual(INVALID_GRANT);
    expect((await flow.refresh(tokens.refresh_token!)).status).toBe(200);
  });

  it('S-071 S-072 a used one that comes after the grace ends its successor, and every access token', async () => {
    const { flow, tokens } = await granted(ROTATING);
    const next = await flow.refresh(tokens.refresh_token!);
    const successor = String(next.json?.refresh_token);
    expect(successor).not.toBe(tokens.refresh_token);
    expect(await flow.isActive(String(next.json?.access_token))).toBe(true);
    idp.clock.forward(11);
    expect(refusalOf(await flow.refresh(tokens.refresh_token!, {}, { via: sibling }))).toEqual(INVALID_GRANT);
    expect(refusalOf(await flow.refresh(successor))).toEqual(INVALID_GRANT);
    expect(await flow.isActive(tokens.access_token)).toBe(false);
    expect(await flow.isActive(String(next.json?.access_token))).toBe(false);
  });

  it.each([
    ['that keeps its refresh token', {}],
    ['whose refresh tokens rotate', ROTATING],
  ])('S-073 less can be asked for, never more, by a client %s', async (_name, metadata) => {
    const { flow, tokens } = await granted(metadata);
    const scopeOf = (answer: Answer) => decodeJwt(String(answer.json?.access_token)).scope;
    const more = await flow.refresh(tokens.refresh_token!, { scope: `${OFFLINE.scope} email` });
    expect(refusalOf(more)).toEqual({ status: 400, error: 'invalid_scope' });
    const elsewhere = await flow.refresh(tokens.refresh_token!, { resource: 'https://other.example/' });
    expect(refusalOf(elsewhere)).toEqual({ status: 400, error: 'invalid_target' });
    const less = await flow.refresh(tokens.refresh_token!, { scope: 'openid api.read' });
    expect(scopeOf(less)).toBe('openid api.read');
    const whole = await flow.refresh(String(less.json?.refresh_token));
    expect(String(scopeOf(whole)).split(' ').sort()).toEqual(OFFLINE.scope.split(' ').sort());
  });

  describe('S-074 it ends when it lies unused, and at a time that no use moves', () => {
    const limits = { idleSeconds: 600, absoluteSeconds: 1500 };

    it.each([true, false])('S-074 unused, rotating: %p', async (rotate) => {
      const { flow, tokens } = await granted({ refresh: { rotate, always: false, ...limits } });
      idp.clock.forward(599);
      const used = await flow.refresh(tokens.refresh_token!);
      expect(used.status).toBe(200);
      idp.clock.forward(601);
      expect(refusalOf(await flow.refresh(String(used.json?.refresh_token)))).toEqual(INVALID_GRANT);
    });

    it.each([true, false])('S-074 used all the time, rotating: %p', async (rotate) => {
      const { flow, tokens } = await granted({ refresh: { rotate, always: false, ...limits } });
      let token = tokens.refresh_token!;
      for (const seconds of [500, 500, 490]) {
        idp.clock.forward(seconds);
        const used = await flow.refresh(token);
        expect(used.status).toBe(200);
        token = String(used.json?.refresh_token);
      }
      idp.clock.forward(11);
      expect(refusalOf(await flow.refresh(token))).toEqual(INVALID_GRANT);
    });
  });

  describe('S-075 what it was granted on is looked at each time', () => {
    type Parties = { flow: CodeFlow; tokens: Tokens };
    const changes: [string, (parties: Parties) => Promise<unknown>, () => Promise<unknown>][] = [
      [
        'the user',
        () => sibling.get(UsersService).disable(tenant, user.id),
        () => idp.get(UsersService).enable(tenant, user.id),
      ],
      ['the client', ({ flow }) => sibling.get(ClientsService).disable(tenant, flow.app.client.id), async () => {}],
      [
        'the tenant',
        () => sibling.get(TenantsService).suspend(tenant.id),
        () => idp.get(TenantsService).resume(tenant.id),
      ],
      [
        'the authorization',
        ({ tokens }) => {
          const [authorizationId] = decodeJwt(tokens.access_token).jti!.split('.');
          return sibling.get(Authorizations).revoke(tenant.id, authorizationId!, 'revoked-by-administrator');
        },
        async () => {},
      ],
    ];

    it.each(changes)(
      'S-075 %s is no longer good: refused within 5 s on both instances',
      async (_name, end, restore) => {
        const parties = await granted();
        const { flow, tokens } = parties;
        const ask = (via: TestIdp) => flow.refresh(tokens.refresh_token!, {}, { via });
        for (const instance of [idp, sibling]) expect((await ask(instance)).status).toBe(200);
        await end(parties);
        try {
          for (const instance of [idp, sibling]) {
            const answer = await untilRefused(() => ask(instance));
            expect([400, 401, 404]).toContain(answer.status);
            expect(answer.json).not.toHaveProperty('access_token');
          }
        } finally {
          await restore();
          await untilAllowed(() => postForm(`${tenant.issuer}/token`, {}, {}, sibling));
        }
      },
    );

    /** Asks again for as long as the rule allows. */
    async function untilRefused(ask: () => Promise<Answer>): Promise<Answer> {
      const until = performance.now() + 5000;
      let answer = await ask();
      while (answer.status === 200 && performance.now() < until) {
        await sleep(20);
        answer = await ask();
      }
      return answer;
    }

    /** Whoever comes next finds the tenant served. */
    async function untilAllowed(ask: () => Promise<Answer>): Promise<void> {
      const until = performance.now() + 5000;
      while ((await ask()).status === 404 && performance.now() < until) await sleep(20);
    }
  });

  describe('S-077 a token is good to the letter', () => {
    const flip = (token: string, at: number) =>
      token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    const swapCase = (token: string) => token.replace(/[a-z]/i, (letter) => swapped(letter));
    const swapped = (letter: string) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());

    function alterations(token: string): string[] {
      const places = [0, 3, 4, 5, Math.floor(token.length / 2), token.length - 7, token.length - 2, token.length - 1];
      return [
        ...places.map((at) => flip(token, at)),
        ...Array.from({ length: 16 }, (_, n) => token.slice(0, -1 - n)),
        ...Array.from({ length: 16 }, (_, n) => token.slice(n + 1)),
        ...['=', '==', 'A', '.', ' ', '\n', '%00', token].map((more) => token + more),
        ...[' ', 'trt_'].map((more) => more + token),
        swapCase(token),
        token.slice(0, 8) + swapped(token[8]!) + token.slice(9),
        token.toLowerCase(),
        token.toUpperCase(),
        encodeURIComponent(encodeURIComponent(`${token}~`)),
        Buffer.from(token).toString('base64url'),
      ].filter((altered) => altered !== token);
    }

    it('S-077 a refresh token', async () => {
      const { flow, tokens } = await granted();
      for (const altered of alterations(tokens.refresh_token!)) {
        const answer = refusalOf(await flow.refresh(altered));
        expect({ altered, ...answer }).toEqual({ altered, ...INVALID_GRANT });
      }
      expect((await flow.refresh(tokens.refresh_token!)).status).toBe(200);
    });

    it('S-077 a code', async () => {
      const { flow } = await granted();
      const given = await flow.code(browser, { parameters: OFFLINE });
      for (const altered of alterations(given.code)) {
        const answer = refusalOf(await flow.redeem(given, { code: altered }));
        expect({ altered, ...answer }).toEqual({ altered, ...INVALID_GRANT });
      }
      expect((await flow.redeem(given)).status).toBe(200);
    });

    it('S-077 an access token', async () => {
      const { flow, tokens } = await granted();
      for (const altered of alterations(tokens.access_token)) {
        expect({ altered, active: await flow.isActive(altered) }).toEqual({ altered, active: false });
      }
      expect(await flow.isActive(tokens.access_token)).toBe(true);
    });
  });
});
