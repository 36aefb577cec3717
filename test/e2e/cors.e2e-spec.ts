import type { Tenant } from '@tokenidp/tenancy';
import type { Browser, Page } from 'playwright-core';
import { type Credentials, launchBrowser } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { createClient, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const APP = 'https://app.example';
const REDIRECT = `${APP}/callback`;

/** What a script may read of an answer; `blocked` when the browser does not let it. */
interface Read {
  status?: number;
  json?: Record<string, unknown>;
  headers?: Record<string, string | null>;
  blocked?: true;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  credentials?: 'include';
}

describe('RFC 10017 §6.3.3.4 S-005 scripts of a page in a browser', () => {
  let idp: TestIdp;
  let browser: Browser;
  let tenant: Tenant;
  let credentials: Credentials;
  let app: CodeFlow;
  let page: Page;

  beforeAll(async () => {
    [idp, browser] = await Promise.all([startIdp(), launchBrowser()]);
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
    app = await CodeFlow.of(tenant, await createClient(idp, tenant, { type: 'spa', redirect_uris: [REDIRECT] }));
    // A confidential application has no scripts that would ask.
    await createClient(idp, tenant, { redirect_uris: ['https://web.example/callback'] });
    // Chromium asks before a page may speak to this machine, which has nothing to do with CORS.
    const context = await browser.newContext({ permissions: ['local-network-access'] });
    const isOfSite = ({ hostname }: URL): boolean => hostname.endsWith('.example');
    await context.route(isOfSite, (route) => route.fulfill({ contentType: 'text/html', body: '<p>page</p>' }));
    page = await context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await idp?.close();
  });

  /** A page at this origin, which exists in this browser only. */
  async function at<T>(origin: string, work: (page: Page) => Promise<T>): Promise<T> {
    await page.goto(`${origin}/`);
    return work(page);
  }

  /** What the page's script gets to read. */
  function ask(page: Page, path: string, asked: Asked = {}): Promise<Read> {
    const work = async ([url, init]: [string, Asked]): Promise<Read> => {
      try {
        const response = await fetch(url, init);
        const names = ['etag', 'www-authenticate', 'retry-after', 'date'];
        const headers = Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));
        const text = await response.text();
        const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : undefined;
        return { status: response.status, headers, ...(json && { json }) };
      } catch {
        return { blocked: true };
      }
    };
    return page.evaluate(work, [tenant.issuer + path, asked] as [string, Asked]);
  }

  /** Whether requests leave the page at all: what is blocked then is blocked by CORS. */
  const reaches = (frame: Pick<Page, 'evaluate'>): Promise<boolean> =>
    frame.evaluate(
      (url) =>
        fetch(url, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        ),
      `${tenant.issuer}/.well-known/jwks.json`,
    );

  const form = (fields: Record<string, string>): Asked => ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

  it('a browser application does all that it has to: metadata, keys, tokens, userinfo, revocation', async () => {
    const parameters = { redirect_uri: REDIRECT, scope: 'openid email offline_access', prompt: 'consent' };
    const { code, checks } = await app.code(new HttpBrowser(), { credentials, parameters });
    await at(APP, async (page) => {
      const metadata = await ask(page, '/.well-known/openid-configuration');
      expect(metadata).toMatchObject({ status: 200, json: { issuer: tenant.issuer } });
      const keys = await ask(page, '/.well-known/jwks.json');
      expect(keys.headers!.etag).toMatch(/^"/);
      const { client_id } = app.app.client;
      const redemption = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, client_id };
      const tokens = await ask(page, '/token', form({ ...redemption, code_verifier: checks.pkceCodeVerifier! }));
      expect(tokens.json).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) });
      const { access_token, refresh_token } = tokens.json as Record<string, string>;
      const headers = { authorization: `Bearer ${access_token}` };
      expect((await ask(page, '/userinfo', { headers })).json).toMatchObject({ email: 'ada@example.com' });
      expect(await ask(page, '/revoke', form({ client_id, token: refresh_token! }))).toMatchObject({ status: 200 });
      const refused = await ask(page, '/userinfo', { headers });
      expect(refused).toMatchObject({ status: 401, json: { error: 'invalid_token' } });
      expect(refused.headers!['www-authenticate']).toMatch(/^Bearer /);
    });
  });

  it('an error can be read too, from before the client is known', async () => {
    await at(APP, async (page) => {
      const wrong = await ask(page, '/token', form({ grant_type: 'authorization_code' }));
      expect(wrong).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
      const odd = await ask(page, '/token', { ...form({}), headers: { 'content-type': 'application/json' } });
      expect(odd).toMatchObject({ status: 415, json: { error: 'invalid_request' } });
    });
  });

  it('cookies are never let in', async () => {
    await at(APP, async (page) => {
      const asked = { ...form({ grant_type: 'authorization_code' }), credentials: 'include' as const };
      expect(await ask(page, '/token', asked)).toEqual({ blocked: true });
    });
  });

  it.each(['/authorize', '/logout', '/introspect', '/', '/setup'])('S-004 %s answers no script', async (path) => {
    await at(APP, async (page) => {
      expect(await ask(page, path)).toEqual({ blocked: true });
      expect(await ask(page, path, form({ token: 'x' }))).toEqual({ blocked: true });
    });
  });

  it.each([
    'https://other.example',
    'https://web.example',
    'https://app.example.evil.example',
    'https://evilapp.example',
    'https://app.example:8443',
  ])('nobody reads at %s, not even the metadata', async (origin) => {
    await at(origin, async (page) => {
      expect(await reaches(page)).toBe(true);
      expect(await ask(page, '/.well-known/openid-configuration')).toEqual({ blocked: true });
      expect(await ask(page, '/token', form({ grant_type: 'authorization_code' }))).toEqual({ blocked: true });
      expect(await ask(page, '/userinfo', { headers: { authorization: 'Bearer x' } })).toEqual({ blocked: true });
    });
  });

  it('nor in a page without an origin', async () => {
    await at(APP, async (page) => {
      await page.setContent('<iframe sandbox="allow-scripts" srcdoc="<p>sandboxed</p>"></iframe>');
      const frame = page.frames()[1]!;
      await frame.waitForSelector('p');
      expect(await reaches(frame)).toBe(true);
      const read = await frame.evaluate(
        (url) =>
          fetch(url).then(
            () => 'read',
            () => 'blocked',
          ),
        `${tenant.issuer}/.well-known/jwks.json`,
      );
      expect(read).toBe('blocked');
    });
  });

  it('the origin of a browser application of another tenant is nobody here', async () => {
    const other = await idp.createTenant({ slug: 'globex' });
    await createClient(idp, other, { type: 'spa', redirect_uris: ['https://elsewhere.example/callback'] });
    await at('https://elsewhere.example', async (page) => {
      expect(await reaches(page)).toBe(true);
      expect(await ask(page, '/.well-known/jwks.json')).toEqual({ blocked: true });
    });
  });
});
