import type { Person } from '../support/browser';
import { expectErrorRedirect } from '../support/conformance';
import type { ConformanceClient } from '../support/conformance-client';
import { ConformancePlan } from '../support/conformance-plan';
import { createApi } from '../support/fixtures';
import { HttpPerson } from '../support/http-person';

const LOOPBACK = 'http://127.0.0.1/callback';
const PORT = 'http://127.0.0.1:49152';

describe('OAuth 2.1 §7.9 consent', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  /** What the page lists, in its words; null when there is no page to allow anything. */
  async function asked(person: Person): Promise<string[] | null> {
    if ((await person.page.locator('#consent-allow').count()) === 0) return null;
    return person.page.locator('.scope-name').allInnerTexts();
  }

  /** Opens the request as somebody who is signed in, or signs in first, up to the page that asks. */
  async function open(app: ConformanceClient, person: Person, parameters: Record<string, string>) {
    const request = await app.request(parameters);
    await person.open(request.url);
    if (await person.page.locator('#login-submit').count()) await person.signIn(plan.credentials);
    return request;
  }

  async function answer(person: Person, button: '#consent-allow' | '#consent-deny') {
    const before = person.callbackCount;
    await person.page.click(button);
    return person.callbackAfter(before);
  }

  /** Who is signed in as the person is now, where no page is looked at. */
  const likewise = (person: Person): Promise<HttpPerson> => HttpPerson.like(person.context, plan.tenant.issuer);

  /** Allows it on a page that nobody looks at; fails when there is none. */
  async function allow(app: ConformanceClient, person: Person, parameters: Record<string, string>): Promise<void> {
    const same = await likewise(person);
    await same.open((await app.request(parameters)).url);
    expect(same.has('consent')).toBe(true);
    await same.submit('consent', { decision: 'allow' });
    expect(same.callbackAfter(0).parameters.has('code')).toBe(true);
  }

  /** No page: first where none may be shown, because the other request would allow what it is asked. */
  async function expectRemembered(app: ConformanceClient, person: Person, scope: string): Promise<void> {
    for (const parameters of [{ scope, prompt: 'none' }, { scope }] as Record<string, string>[]) {
      const callback = await (await likewise(person)).authorize((await app.request(parameters)).url);
      expect(callback.parameters.has('code')).toBe(true);
    }
  }

  async function expectSilentRefusal(app: ConformanceClient, person: Person, scope: string): Promise<void> {
    const request = await app.request({ scope, prompt: 'none' });
    const callback = await (await likewise(person)).authorize(request.url);
    expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'consent_required' });
  }

  it('OAuth 2.1 §7.9 is asked once, and remembered for the same scopes and for fewer', async () => {
    const app = await plan.app();
    const person = await plan.person();
    await open(app, person, { scope: 'openid profile email' });
    expect(await asked(person)).toHaveLength(3);
    await answer(person, '#consent-allow');
    await expectRemembered(app, person, 'openid profile email');
    await expectRemembered(app, person, 'email openid');
  });

  it('OIDC Core §3.1.2.4 is remembered in another browser too', async () => {
    const app = await plan.app();
    await allow(app, await plan.signedIn(), { scope: 'openid email' });
    const other = await plan.person();
    await open(app, other, { scope: 'openid email' });
    const callback = await other.callbackAfter(0);
    expect(callback.parameters.has('code')).toBe(true);
  });

  it('S-152 OAuth 2.1 §7.9 only what is new is asked for, and then all of it is remembered', async () => {
    const app = await plan.app();
    const person = await plan.signedIn();
    await allow(app, person, { scope: 'openid email' });
    await expectSilentRefusal(app, person, 'openid email phone');
    await open(app, person, { scope: 'openid phone' });
    expect(await asked(person)).toHaveLength(1);
    expect(await person.page.innerText('.scope-name')).toMatch(/phone/i);
    await answer(person, '#consent-allow');
    await expectRemembered(app, person, 'openid email phone');
  });

  it('S-152 OAuth 2.1 §7.9 the scopes of an API are asked for by its name, each API for itself', async () => {
    const app = await plan.app();
    await createApi(plan.idp, plan.tenant, [app.registration.client]);
    const person = await plan.signedIn();
    await allow(app, person, { scope: 'openid' });
    await open(app, person, { scope: 'openid api.read' });
    expect(await asked(person)).toEqual(['Read']);
    expect(await person.page.innerText('.scopes h2')).toBe('Test API');
    expect(await person.page.innerText('.scope-text')).toBe('Read everything.');
    await answer(person, '#consent-allow');
    await expectRemembered(app, person, 'openid api.read');
    await expectSilentRefusal(app, person, 'openid api.read api.write');
  });

  it('OIDC Core §3.1.2.1 prompt=consent asks again, for everything', async () => {
    const app = await plan.app();
    const person = await plan.signedIn();
    await allow(app, person, { scope: 'openid email' });
    await open(app, person, { scope: 'openid email', prompt: 'consent' });
    expect(await asked(person)).toHaveLength(2);
    expect((await answer(person, '#consent-allow')).parameters.has('code')).toBe(true);
  });

  it('OAuth 2.1 §4.1.2.1 whoever does not allow it is asked again, and nothing is remembered', async () => {
    const app = await plan.app();
    const person = await plan.signedIn();
    const request = await open(app, person, { scope: 'openid email' });
    const denied = await answer(person, '#consent-deny');
    expectErrorRedirect(denied, request, { issuer: plan.tenant.issuer, error: 'access_denied' });
    await expectSilentRefusal(app, person, 'openid email');
    await open(app, person, { scope: 'openid email' });
    expect(await asked(person)).toHaveLength(2);
  });

  it('OAuth 2.1 §7.9 a refusal of more takes nothing away', async () => {
    const app = await plan.app();
    const person = await plan.signedIn();
    await allow(app, person, { scope: 'openid email' });
    await open(app, person, { scope: 'openid email phone' });
    expect((await answer(person, '#consent-deny')).parameters.get('error')).toBe('access_denied');
    await expectRemembered(app, person, 'openid email');
    await expectSilentRefusal(app, person, 'openid phone');
  });

  it('OAuth 2.1 §7.9 what one client was allowed says nothing of another, nor one user of another', async () => {
    const [one, two] = [await plan.app(), await plan.app()];
    const ada = await plan.signedIn();
    await allow(one, ada, { scope: 'openid email' });
    await expectSilentRefusal(two, ada, 'openid email');
    const bob = await plan.person();
    await bob.authorize((await two.request({ scope: 'openid email' })).url, await plan.newUser('bob', 'consent'));
    await expectSilentRefusal(one, bob, 'openid email');
    await expectRemembered(two, bob, 'openid email');
  });

  it('S-150 OAuth 2.1 §7.9 of an application of the house nobody is asked, unless it wants to be', async () => {
    const app = await plan.app({ consent: 'implicit' });
    const person = await plan.signedIn();
    const same = await likewise(person);
    await same.open((await app.request({ scope: 'openid profile email' })).url);
    expect(same.callbackAfter(0).parameters.has('code')).toBe(true);
    await expectRemembered(app, person, 'openid profile email phone');
    await open(app, person, { scope: 'openid', prompt: 'consent' });
    expect(await asked(person)).toHaveLength(1);
  });

  it('S-150 RFC 7591 §2 a client that registers itself cannot decide that nobody is asked', async () => {
    const app = await plan.registeredApp({ consent: 'implicit' });
    const person = await plan.signedIn();
    await open(app, person, { scope: 'openid email' });
    expect(await asked(person)).toHaveLength(2);
  });

  it('S-129 OAuth 2.1 §7.3.1, RFC 8252 §8.6 a native application is asked for each time: anybody could wait at its port', async () => {
    const app = await plan.app({ type: 'native', redirect_uris: [LOOPBACK] });
    const person = await plan.signedIn(PORT);
    const parameters = { scope: 'openid email', redirect_uri: `${PORT}/callback` };
    for (const _time of ['first', 'second']) {
      await open(app, person, parameters);
      expect(await asked(person)).toHaveLength(2);
      expect((await answer(person, '#consent-allow')).parameters.has('code')).toBe(true);
    }
    const request = await app.request({ ...parameters, prompt: 'none' });
    const callback = await (await likewise(person)).authorize(request.url);
    expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'consent_required' });
  });
});
