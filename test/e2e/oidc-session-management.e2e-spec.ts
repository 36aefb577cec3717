import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import type { Browser } from 'playwright-core';
import { type Callback, type Credentials, launchBrowser, Person } from '../support/browser';
import { createClient, createUser, POST_LOGOUT_REDIRECT_URI, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { HttpPerson } from '../support/http-person';
import { startIdp, type TestIdp } from '../support/idp';
import { TlsProxy } from '../support/tls-proxy';
import { fetchAt } from '../support/wire';

const CLIENT = 'https://client.example';
const OTHER = 'https://other.client.example';
/** Of the client's own site: the contexts of the tests hide the cookies of other sites from frames, as some browsers do. */
const HOST = 'id.client.example';

describe('OIDC Session Management §2, §3', () => {
  let idp: TestIdp;
  let proxy: TlsProxy;
  let browser: Browser;
  let tenant: Tenant;
  let app: TestClient;
  let credentials: Credentials;
  let person: Person;
  let visitor: HttpPerson;

  beforeAll(async () => {
    idp = await startIdp({ environment: { PUBLIC_URL: `https://${HOST}` } });
    tenant = await idp.createTenant({ slug: 'acme', settings: { sessions: { checkSessionIframe: true } } });
    app = await createClient(idp, tenant, { consent: 'implicit' });
    ({ credentials } = await createUser(idp, tenant));
    proxy = await TlsProxy.start(idp.origin, HOST);
    browser = await launchBrowser({ [HOST]: proxy.place });
    person = await Person.at(browser);
    for (const site of [CLIENT, OTHER]) {
      await person.context.route(`${site}/rp`, (route) =>
        route.fulfill({ contentType: 'text/html', body: `<iframe src="${tenant.issuer}/session/check"></iframe>` }),
      );
    }
  });

  beforeEach(async () => {
    await person.context.clearCookies();
    visitor = new HttpPerson(new HttpBrowser(fetchAt(idp.origin)));
  });

  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await idp?.close();
  });

  /** An answer from the instance behind the proxy. */
  const ask = (path: string) =>
    send(`${idp.origin}${tenant.basePath}${path}`, { headers: { host: HOST, 'x-forwarded-proto': 'https' } });
  const metadata = async () => (await ask('/.well-known/openid-configuration')).json!;

  function authorizeUrl(parameters: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: app.client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    });
    return `${tenant.issuer}/authorize?${query}`;
  }

  const authorize = (): Promise<Callback> => person.authorize(authorizeUrl(), credentials);

  /** The same where nobody looks at the pages; the browser has the cookies afterwards. */
  async function enter(parameters: Record<string, string> = {}, as = credentials): Promise<Callback> {
    const callback = await visitor.authorize(authorizeUrl(parameters), as);
    await visitor.lend(person.context, tenant.issuer);
    return callback;
  }

  /** What the page that a site embeds says of a message: exactly as the specification's relying party asks. */
  async function answerTo(message: unknown, site = CLIENT): Promise<string> {
    await person.page.goto(`${site}/rp`);
    return person.page.evaluate(
      ([text, origin]) =>
        new Promise<string>((resolve) => {
          window.addEventListener('message', (event) => {
            if (event.origin === origin) resolve(event.data as string);
          });
          document.querySelector('iframe')!.contentWindow!.postMessage(text, origin as string);
        }),
      [message, `https://${HOST}`],
    );
  }

  const stateOf = ({ parameters }: Callback): string => parameters.get('session_state')!;
  const asked = (state: string): string => `${app.client.client_id} ${state}`;

  async function logout(): Promise<void> {
    const query = new URLSearchParams({
      client_id: app.client.client_id,
      post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI,
    });
    await person.open(`${tenant.issuer}/logout?${query}`);
    await person.page.click('#logout-confirm');
    await person.leavesFor(POST_LOGOUT_REDIRECT_URI);
  }

  it('oidcc-session-management-discovery-endpoint-verification', async () => {
    expect((await metadata()).check_session_iframe).toBe(`${tenant.issuer}/session/check`);
  });

  it('oidcc-session-management-rp-initiated-logout: unchanged, and after the logout changed', async () => {
    const state = stateOf(await authorize());
    expect(state).toMatch(/^[\w-]{43}\.[\w-]{16}$/);
    expect(await answerTo(asked(state))).toBe('unchanged');
    await logout();
    expect(await answerTo(asked(state))).toBe('changed');
  });

  it('§3.2 goes on with the same user, another answer or not, and changes with another', async () => {
    const first = stateOf(await enter());
    const second = stateOf(await enter({ prompt: 'login' }));
    expect(second).not.toBe(first);
    expect([await answerTo(asked(first)), await answerTo(asked(second))]).toEqual(['unchanged', 'unchanged']);
    const { credentials: bob } = await createUser(idp, tenant, { username: 'bob' });
    const theirs = stateOf(await enter({ prompt: 'login' }, bob));
    expect([await answerTo(asked(first)), await answerTo(asked(theirs))]).toEqual(['changed', 'unchanged']);
  });

  it('§3.2 tells another origin, or a guess, no more than that it is not the same', async () => {
    const state = stateOf(await enter());
    expect(await answerTo(asked(state), OTHER)).toBe('changed');
    expect(await answerTo(`someone ${state}`)).toBe('changed');
    expect(await answerTo(asked(`${'A'.repeat(43)}.salt`))).toBe('changed');
  });

  it.each(['', 'client', 'client state', 'client hash.salt more', 7, null])('§3.3 error for %j', async (message) => {
    expect(await answerTo(message)).toBe('error');
  });

  it('§3.3 any site may embed the page, and it can do nothing but its one script (S-007, S-009)', async () => {
    const page = await ask('/session/check');
    expect(page.status).toBe(200);
    expect(page.headers.get('x-frame-options')).toBeNull();
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'nonce-[\w-]+'; base-uri 'none'; form-action 'none'; object-src 'none'$/,
    );
    expect(page.text.match(/<script/g)).toHaveLength(1);
    expect(page.text).toMatch(/<script src="\/t\/acme\/assets\/check-session-[0-9a-f]{12}\.js"/);
    expect((await ask('/')).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('§3.2 the cookie is read by that script alone and is worth nothing elsewhere', async () => {
    await authorize();
    const cookie = (await person.context.cookies()).find(({ name }) => name === '__Host-bs.acme')!;
    expect(cookie).toMatchObject({ sameSite: 'None', secure: true, httpOnly: false, domain: HOST, path: '/' });
    const other = await Person.at(browser);
    await other.context.addCookies([cookie, { ...cookie, name: '__Host-sid.acme' }]);
    await other.open(`${tenant.issuer}/`);
    expect(await other.page.innerText('body')).toContain('You are not signed in');
    await other.context.close();
  });

  it('is off by default: no metadata, no parameter, no cookie, no page', async () => {
    const tenants = idp.get(TenantsService);
    await tenants.updateSettings(tenant.id, { sessions: { checkSessionIframe: false } });
    expect(await metadata()).not.toHaveProperty('check_session_iframe');
    const { parameters } = await authorize();
    expect([...parameters.keys()].sort()).toEqual(['code', 'iss']);
    expect((await person.context.cookies()).map(({ name }) => name).sort()).toEqual([
      '__Host-ix.acme',
      '__Host-sid.acme',
    ]);
    expect((await ask('/session/check')).status).toBe(404);
    // Whoever is signed in when it is switched on takes part from the next answer on.
    await tenants.updateSettings(tenant.id, { sessions: { checkSessionIframe: true } });
    expect(await answerTo(asked(stateOf(await authorize())))).toBe('unchanged');
  });
});
