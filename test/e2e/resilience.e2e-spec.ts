import type { Tenant } from '@tokenidp/tenancy';
import { CodeFlow } from '../support/code-flow';
import type { Credentials } from '../support/browser';
import { createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { Outages, untilReady } from '../support/outages';

jest.setTimeout(120_000);

let outages: Outages;
let idp: TestIdp;
let tenant: Tenant;
let app: TestClient;
let machine: TestClient;
let flow: CodeFlow;
let credentials: Credentials;
const uncaught: unknown[] = [];
const onUncaught = (error: unknown): void => void uncaught.push(error);

beforeAll(async () => {
  process.on('uncaughtException', onUncaught);
  outages = await Outages.begin();
  idp = await startIdp({ databaseUrl: outages.url });
  tenant = await idp.createTenant({ slug: 'acme' });
  app = await createClient(idp, tenant, { consent: 'implicit', refresh: { rotate: true, always: true } });
  machine = await createMachine(idp, tenant);
  await createApi(idp, tenant, [machine.client]);
  ({ credentials } = await createUser(idp, tenant));
  flow = await CodeFlow.of(tenant, app);
});

afterAll(async () => {
  await idp?.close();
  await outages?.end();
  process.off('uncaughtException', onUncaught);
});

const at = (path: string): string => tenant.issuer + path;
const asApp = (path: string, form: Record<string, string>): Promise<Answer> =>
  postForm(at(path), form, basic(app.client.client_id, app.secret));
const introspect = (token: string): Promise<Answer> => asApp('/introspect', { token });
const revoke = (token: string): Promise<Answer> => asApp('/revoke', { token });
const userinfo = (token: string): Promise<Answer> =>
  send(at('/userinfo'), { headers: { authorization: `Bearer ${token}` } });
const asMachine = (): Promise<Answer> =>
  postForm(
    at('/token'),
    { grant_type: 'client_credentials', scope: 'api.read' },
    basic(machine.client.client_id, machine.secret),
  );

function expectAway(answer: Answer): void {
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.text).not.toMatch(/postgres|database|connect|ECONN|ENOENT|\.ts\b/i);
}

/** RFC 6749 §5.2. */
function expectAwayInJson(answer: Answer): void {
  expectAway(answer);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  expect(answer.json).toEqual({ error: 'temporarily_unavailable', error_description: 'the service is not available' });
}

function expectAwayOnPage(answer: Answer): void {
  expectAway(answer);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html\b/);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.text).toContain('The service is busy or under maintenance');
  expect(answer.text).toContain('id="request-id"');
}

/** Signed in, with a code that is not yet redeemed and tokens of another one. */
async function signedIn() {
  const browser = new HttpBrowser();
  const tokens = await flow.tokens(await flow.code(browser, { credentials }));
  return { browser, tokens, code: await flow.code(browser) };
}

describe('while the database is away', () => {
  let person: Awaited<ReturnType<typeof signedIn>>;

  beforeAll(async () => {
    person = await signedIn();
    await outages.away();
  });

  it.each([
    ['a machine asks for a token', () => asMachine()],
    ['a code is redeemed', () => flow.redeem(person.code)],
    ['a refresh token is used', () => flow.refresh(person.tokens.refresh_token!)],
    ['a token that is good is introspected', () => introspect(person.tokens.access_token)],
    ['S-080 RFC 7009 §2.2.1 an access token is revoked', () => revoke(person.tokens.access_token)],
    ['S-080 RFC 7009 §2.2.1 a refresh token is revoked', () => revoke(person.tokens.refresh_token!)],
    ['S-080 RFC 7009 §2.2.1 a token that nobody knows is revoked', () => revoke('tat_unknown')],
    ['userinfo is asked', () => userinfo(person.tokens.access_token)],
    ['the keys are asked for', () => send(at('/.well-known/jwks.json'))],
    ['the metadata are asked for', () => send(at('/.well-known/openid-configuration'))],
  ] as [string, () => Promise<Answer>][])('RFC 6749 §5.2 %s: 503 in JSON, and when to come back', async (_, ask) =>
    expectAwayInJson(await ask()),
  );

  it.each([
    ['an authorization request', async () => send((await flow.request()).url)],
    [
      'an authorization request by POST',
      async () => postForm(at('/authorize'), [...(await flow.request()).url.searchParams]),
    ],
    ['a sign-out', () => send(at('/logout'))],
    ['a sign-in page', () => send(at('/interaction/01900000-0000-7000-8000-000000000000'))],
    ['a sign-in', () => postForm(at('/interaction/01900000-0000-7000-8000-000000000000/login'), { ...credentials })],
    ['a set-up link', () => send(`${idp.origin}/setup?token=tsu_x`)],
    ['the front door', () => send(`${idp.origin}/`)],
  ] as [string, () => Promise<Answer>][])(
    'RFC 6749 §4.1.2.1 %s: 503 on a page, and when to come back',
    async (_, ask) => expectAwayOnPage(await ask()),
  );

  it('RFC 9457 §3 the instance lives, and is not ready', async () => {
    expect((await send(`${idp.origin}/health/live`)).status).toBe(200);
    const ready = await send(`${idp.origin}/health/ready`);
    expectAway(ready);
    expect(ready.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
    expect(ready.json).toMatchObject({ status: 503 });
  });

  it('and when it is back everything goes on where it was, without a word from anybody', async () => {
    await outages.back();
    await untilReady(idp.origin);
    // The revocations that were answered with 503 have not happened.
    expect((await introspect(person.tokens.access_token)).json).toMatchObject({ active: true });
    expect((await userinfo(person.tokens.access_token)).status).toBe(200);
    expect((await flow.refresh(person.tokens.refresh_token!)).status).toBe(200);
    expect((await flow.redeem(person.code)).status).toBe(200);
    expect((await asMachine()).status).toBe(200);
    // The person is still signed in.
    await expect(flow.code(person.browser)).resolves.toHaveProperty('code');
    expect((await revoke(person.tokens.access_token)).status).toBe(200);
    expect((await introspect(person.tokens.access_token)).json).toEqual({ active: false });
  });
});

describe('through outages', () => {
  it('RFC 7662 §2.2 a token that was revoked is never good, whenever it is asked about', async () => {
    const { tokens } = await signedIn();
    expect((await revoke(tokens.access_token)).status).toBe(200);
    let isOver = false;
    const seen = new Set<string>();
    const watch = async (): Promise<void> => {
      while (!isOver) {
        const [introspected, asked] = await Promise.all([
          introspect(tokens.access_token),
          userinfo(tokens.access_token),
        ]);
        seen.add(`introspect ${introspected.status} ${String(introspected.json?.active)}`);
        seen.add(`userinfo ${asked.status}`);
      }
    };
    const watching = Promise.all([watch(), watch()]);
    for (let outage = 0; outage < 3; outage += 1) {
      await outages.away();
      await outages.back();
      await untilReady(idp.origin);
    }
    isOver = true;
    await watching;
    const never = [...seen].filter(
      (each) => !/^(introspect 200 false|introspect 503 undefined|userinfo (401|503))$/.test(each),
    );
    expect(never).toEqual([]);
    expect(seen.size).toBe(4);
  });

  it('OAuth 2.1 §4.1.3 tokens that were answered for are good afterwards; a code of a request that failed buys once at most', async () => {
    const { browser } = await signedIn();
    const codes = [];
    for (let n = 0; n < 16; n += 1) codes.push(await flow.code(browser));
    const [answers] = await Promise.all([Promise.all(codes.map((code) => flow.redeem(code))), outages.away()]);
    await outages.back();
    await untilReady(idp.origin);
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 200) {
        expect((await introspect(String(answer.json?.access_token))).json).toMatchObject({ active: true });
      } else {
        expectAwayInJson(answer);
        const again = await flow.redeem(codes[index]!);
        expect([200, 400]).toContain(again.status);
        expect((await flow.redeem(codes[index]!)).json?.error).toBe('invalid_grant');
      }
    }
  });

  it('a database that answers nothing at all is away, too, and believed again when it answers', async () => {
    const { tokens, code } = await signedIn();
    outages.freeze();
    const answers = await Promise.all([
      introspect(tokens.access_token),
      userinfo(tokens.access_token),
      revoke(tokens.access_token),
      flow.redeem(code),
      flow.refresh(tokens.refresh_token!),
    ]);
    outages.thaw();
    for (const answer of answers) expectAwayInJson(answer);
    await untilReady(idp.origin);
    expect((await asMachine()).status).toBe(200);
    expect((await introspect(tokens.access_token)).status).toBe(200);
  });

  it('nothing ever went uncaught', () => {
    expect(uncaught).toEqual([]);
  });
});
