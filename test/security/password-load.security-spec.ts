import type { Tenant } from '@tokenidp/tenancy';
import { availableParallelism } from 'node:os';
import { CodeFlow } from '../support/code-flow';
import type { Credentials } from '../support/browser';
import { createClient, createUser, REDIRECT_URI } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const CORES = availableParallelism();
/** Those that are hashed at one time, and those that may wait. */
const PLACES = CORES + 4 * CORES;
/** 200, or more where the machine has places for so many. */
const PEOPLE = Math.max(200, 8 * PLACES);

describe('S-184 RFC 6819 §4.4.1.11 when many sign in at once', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let flow: CodeFlow;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    flow = await CodeFlow.of(tenant, await createClient(idp, tenant, { consent: 'implicit' }));
    ({ credentials } = await createUser(idp, tenant));
  });

  afterAll(() => idp?.close());

  interface Visitor {
    browser: HttpBrowser;
    page: HttpPage;
  }

  async function atSignIn(): Promise<Visitor> {
    const browser = new HttpBrowser();
    return { browser, page: await browser.open((await flow.request()).url.href) };
  }

  const signIn = ({ browser, page }: Visitor, password = credentials.password): Promise<HttpPage> =>
    browser.submit(page, 'login', { ...credentials, password });

  const isIn = ({ status, headers }: HttpPage): boolean =>
    status === 303 && headers.get('location')!.startsWith(`${REDIRECT_URI}?code=`);

  it(`a few are let in and the others are told when to come back, while all else is answered`, async () => {
    const visitors: Visitor[] = [];
    for (let n = 0; n < PEOPLE; n += 1) visitors.push(await atSignIn());
    const late = await atSignIn();

    let waiting = PEOPLE;
    const answers = visitors.map(async (visitor) => {
      const answer = await signIn(visitor);
      waiting -= 1;
      return { visitor, answer };
    });
    // What is no password of ours is not worth a place in the queue.
    const tooLong = signIn(late, 'x'.repeat(1025));
    const meanwhile: { status: number; waiting: number }[] = [];
    while (waiting > 0) {
      const { status } = await send(`${tenant.issuer}/.well-known/jwks.json`);
      meanwhile.push({ status, waiting });
    }

    const all = await Promise.all(answers);
    const entered = all.filter(({ answer }) => isIn(answer));
    const refused = all.filter(({ answer }) => answer.status === 503);
    expect(entered.length + refused.length).toBe(PEOPLE);
    expect(entered.length).toBeGreaterThanOrEqual(CORES);
    expect(refused.length).toBeGreaterThanOrEqual(PEOPLE / 4);
    for (const { answer } of refused) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer.cookies.filter((cookie) => cookie.startsWith('sid.'))).toEqual([]);
    }
    expect((await tooLong).status).toBe(400);
    expect(meanwhile.map(({ status }) => status)).toEqual(meanwhile.map(() => 200));
    expect(meanwhile.filter((each) => each.waiting > 0).length).toBeGreaterThan(1);

    // Who was sent away types it again, on the very same page, and nothing was held against the account.
    for (const { visitor, answer } of refused.slice(0, 3)) {
      expect(isIn(await signIn({ browser: visitor.browser, page: { ...answer, url: visitor.page.url } }))).toBe(true);
    }
  });
});
