import { SetupService } from '@tokenidp/login';
import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

describe('hosted pages', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { passwordPerAddressPerMinute: 1000 } } });
    app = await createClient(idp, tenant);
    ({ credentials } = await createUser(idp, tenant));
  });

  afterAll(() => idp?.close());

  function authorizeUrl(parameters: Record<string, string> = {}): string {
    const url = new URL(`${tenant.issuer}/authorize`);
    const all = {
      client_id: app.client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid profile',
      prompt: 'consent',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return url.href;
  }

  /** Sign-in, consent and a form post, as far as they are wanted. */
  async function walk(browser: HttpBrowser): Promise<HttpPage[]> {
    const login = await browser.open(authorizeUrl({ response_mode: 'form_post' }));
    const signedIn = await browser.submit(login, 'login', { ...credentials });
    const consent = await browser.get(new URL(signedIn.headers.get('location')!, login.url).href);
    const posted = await browser.submit(consent, 'consent', { decision: 'allow' });
    return [login, signedIn, consent, posted];
  }

  const policyOf = (page: HttpPage): string => page.headers.get('content-security-policy') ?? '';

  it('S-006 S-007 S-008 S-009 each page forbids storing, framing, sniffing, inline code and other hosts', async () => {
    const browser = new HttpBrowser();
    const walked = await walk(browser);
    const pages = [
      ...walked,
      await browser.get(`${tenant.issuer}/`),
      await browser.get(`${tenant.issuer}/interaction/none`),
      await browser.get(`${tenant.issuer}/authorize?client_id=none`),
      await browser.get(`${tenant.issuer}/logout`),
      await browser.get(`${idp.origin}/setup?token=none`),
    ];
    for (const page of pages) {
      expect(page.headers.get('cache-control')).toBe('no-store');
      if (page.status === 303) continue;
      expect(policyOf(page)).toMatch(/^default-src 'none'; script-src 'nonce-[\w-]{24}'; style-src 'nonce-[\w-]{24}';/);
      for (const directive of ["base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"]) {
        expect(policyOf(page)).toContain(directive);
      }
      expect(policyOf(page)).not.toMatch(/unsafe|\*/);
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(page.body).not.toMatch(/(?:src|<link[^>]+href)="(?:https?:)?\/\//);
    }
    expect(new Set(pages.map(policyOf).filter(Boolean)).size).toBe(pages.filter(({ status }) => status !== 303).length);
  });

  it('S-007 forms may lead to the app that waits, and to nobody else', async () => {
    const [login, , consent, posted] = await walk(new HttpBrowser());
    for (const page of [login!, consent!, posted!]) {
      expect(policyOf(page)).toContain("form-action 'self' https://client.example;");
    }
  });

  it('S-011 RFC 9700 §4.12 answers a form with 303, with the code and without', async () => {
    const browser = new HttpBrowser();
    const login = await browser.open(authorizeUrl());
    const signedIn = await browser.submit(login, 'login', { ...credentials });
    expect(signedIn.status).toBe(303);
    const consent = await browser.get(new URL(signedIn.headers.get('location')!, login.url).href);
    const allowed = await browser.submit(consent, 'consent', { decision: 'allow' });
    expect(allowed.status).toBe(303);
    expect(allowed.headers.get('location')).toMatch(/^https:\/\/client\.example\/callback\?code=/);
  });

  it('S-004 no page answers another origin', async () => {
    const browser = new HttpBrowser();
    const login = await browser.open(authorizeUrl());
    for (const url of [login.url, `${tenant.issuer}/`, `${tenant.issuer}/authorize`]) {
      const page = await browser.get(url, { origin: 'https://client.example' });
      expect([...page.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it.each(['login', 'consent', 'cancel'])(
    'S-015 %s takes a form and nothing else, by POST and not by GET',
    async (step) => {
      const browser = new HttpBrowser();
      const { url } = await browser.open(authorizeUrl());
      for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
        const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
        const headers = { 'content-type': type, cookie };
        const response = await fetch(`${url}/${step}`, { method: 'POST', headers, body: '{}', redirect: 'manual' });
        expect(response.status).toBe(415);
      }
      const got = await browser.get(`${url}/${step}`);
      expect([got.status, got.headers.get('location')]).toEqual([303, new URL(url).pathname]);
    },
  );

  it.each([
    ['no anti-forgery value', { csrf: '' }, {}],
    ['a made-up one', { csrf: 'k1.AAAA' }, {}],
    ['another site as its origin', {}, { origin: 'https://evil.example' }],
    ['another site by Sec-Fetch-Site', {}, { 'sec-fetch-site': 'cross-site' }],
  ])('S-124 a sign-in with %s is shown again and signs nobody in', async (_title, fields, headers) => {
    const browser = new HttpBrowser();
    const login = await browser.open(authorizeUrl());
    const answer = await browser.submit(login, 'login', { ...credentials, ...fields }, headers);
    expect(answer.status).toBe(403);
    expect(answer.cookies).toEqual([]);
    expect(answer.body).toContain(`value="${credentials.username}"`);
    expect(answer.body).not.toContain(credentials.password);
  });

  it('S-124 the value of another jar is refused: at sign-in, at consent, and when turning away', async () => {
    const [mine, theirs] = [new HttpBrowser(), new HttpBrowser()];
    const [login, foreign] = [await mine.open(authorizeUrl()), await theirs.open(authorizeUrl())];
    const csrf = [...foreign.forms.values()][0]!.csrf!;
    expect((await mine.submit(login, 'login', { ...credentials, csrf })).status).toBe(403);
    expect((await mine.submit(login, 'cancel', { csrf })).status).toBe(403);
    const signedIn = await mine.submit(login, 'login', { ...credentials });
    const consent = await mine.get(new URL(signedIn.headers.get('location')!, login.url).href);
    const refused = await mine.submit(consent, 'consent', { decision: 'allow', csrf });
    expect([refused.status, refused.headers.get('location')]).toEqual([403, null]);
  });

  it('S-044 S-124 a page of one browser cannot be sent from another', async () => {
    const [mine, theirs] = [new HttpBrowser(), new HttpBrowser()];
    const login = await mine.open(authorizeUrl());
    await theirs.open(authorizeUrl());
    const answer = await theirs.submit(login, 'login', { ...credentials });
    expect([answer.status, answer.cookies]).toEqual([403, []]);
  });

  it('S-152 a hidden field cannot add a scope, and what was not shown is not granted', async () => {
    const browser = new HttpBrowser();
    const login = await browser.open(authorizeUrl({ scope: 'openid' }));
    const signedIn = await browser.submit(login, 'login', { ...credentials });
    const consent = await browser.get(new URL(signedIn.headers.get('location')!, login.url).href);
    const tampered = await browser.submit(consent, 'consent', { decision: 'allow', shown: 'x'.repeat(43) });
    expect(tampered.headers.get('location') ?? '').not.toContain('code=');
    const cleared = await browser.submit(consent, 'consent', { decision: 'allow', shown: '' });
    expect(cleared.headers.get('location') ?? '').not.toContain('code=');
  });

  it('S-136 a known and an unknown name are answered alike, to the letter', async () => {
    const answers = await Promise.all(
      ['ada', 'no-such-user'].map(async (username) => {
        const browser = new HttpBrowser();
        const login = await browser.open(authorizeUrl());
        return browser.submit(login, 'login', { username, password: 'not the right password' });
      }),
    );
    const [known, unknown] = answers.map(({ status, headers, body, cookies }) => ({
      status,
      cookies,
      names: [...headers.keys()].sort(),
      body: body.replace(/value="[^"]*"|nonce="[^"]*"|interaction\/[0-9a-f-]+/g, ''),
    }));
    expect(known!.status).toBe(400);
    expect(unknown).toEqual(known);
  });

  it('S-134 S-136 too many failures are answered with 429, Retry-After and how long to wait, for anybody', async () => {
    for (const username of ['someone', 'nobody']) {
      if (username === 'someone') await createUser(idp, tenant, { username });
      const browser = new HttpBrowser();
      const login = await browser.open(authorizeUrl());
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const answer = await browser.submit(login, 'login', { username, password: `wrong wrong wrong ${attempt}` });
        statuses.push(answer.status);
        if (answer.status !== 429) continue;
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(answer.body).toMatch(/role="alert".*Too many attempts\. Wait \d+ seconds?/s);
      }
      expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
    }
  });

  it('S-139 the set-up link works on the system tenant, once, and only with its token', async () => {
    const link = (await idp.get(SetupService).createLink())!;
    expect(link).toMatch(new RegExp(`^${idp.origin}/setup\\?token=tsu_[\\w-]{49}$`));
    const path = link.slice(idp.origin.length);
    const browser = new HttpBrowser();
    expect((await browser.get(`${tenant.issuer}${path}`)).status).toBe(410);
    expect((await browser.get(`${link.slice(0, -2)}${link.at(-2) === 'A' ? 'B' : 'A'}${link.at(-1)}`)).status).toBe(
      410,
    );
    const page = await browser.get(link);
    const password = 'seven purple boats at dawn';
    const typed = { email: 'root@example.com', username: 'root', password, passwordAgain: password };
    const form = { ...[...page.forms.values()][0], ...typed };
    const answers = await Promise.all([1, 2, 3].map(() => new HttpBrowser().post(`${idp.origin}/setup`, form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
    expect(await idp.get(SetupService).createLink()).toBeNull();
  });
});
