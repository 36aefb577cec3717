import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { CodeFlow, type GivenCode, passThrough } from '../support/code-flow';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { speak, spell } from '../support/wire';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** As they are written in a form. None is text, or none that a person or a program would send. */
const HOSTILE: readonly [name: string, encoded: string][] = [
  ['NUL', '%00'],
  ['a NUL in the middle', 'a%00b'],
  ['an escape character', '%1B%5B2J'],
  ['a backspace', '%08'],
  ['DEL', '%7F'],
  ['a control character of Latin-1', '%C2%85'],
  ['half of a surrogate pair', '%ED%A0%80'],
  ['the other half', '%ED%BF%BF'],
  ['a byte that begins nothing', '%FF'],
  ['half a character', '%E2%82'],
  ['a slash in two bytes', '%C0%AF'],
  ['a NUL in two bytes', '%C0%80'],
  ['a per cent sign alone', '%'],
  ['no hexadecimal', '%zz'],
];

const AUTHORIZATION_PARAMETERS = [
  ...['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'code_challenge'],
  ...[
    'code_challenge_method',
    'prompt',
    'max_age',
    'claims',
    'acr_values',
    'id_token_hint',
    'login_hint',
    'ui_locales',
  ],
  ...['display', 'resource', 'request', 'request_uri', 'something_new'],
];

describe('S-013 S-014 characters that are no text', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let flow: CodeFlow;
  let browser: HttpBrowser;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { passwordPerAddressPerMinute: 1000 } } });
    app = await createClient(idp, tenant);
    ({ credentials } = await createUser(idp, tenant));
    flow = await CodeFlow.of(tenant, app);
    browser = new HttpBrowser();
    await flow.code(browser, { credentials });
  });

  afterAll(() => idp?.close());

  /** How many rows there are of everything that a request might leave behind. */
  async function rows(): Promise<Record<string, number>> {
    const tables = [
      'authorization',
      'authorization_code',
      'interaction',
      'session',
      'consent',
      'credential',
      'counter',
    ];
    const counts = tables.map((table) => `(SELECT count(*)::int FROM "${table}") AS "${table}"`).join(', ');
    const [row] = await idp.database.dataSource.query<Record<string, number>[]>(`SELECT ${counts}`);
    return row!;
  }

  async function changingNothing(work: () => Promise<void>): Promise<void> {
    const before = await rows();
    await work();
    expect(await rows()).toEqual(before);
  }

  const cookieOf = ({ jar }: HttpBrowser) => ({ cookie: [...jar].map((pair) => pair.join('=')).join('; ') });

  const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    spell(idp.origin, { method: 'POST', target: `/t/acme/${path}`, headers: { ...FORM, ...headers }, body });

  /** The query with one of its parameters as it is given, encoding and all. */
  const withRaw = (query: URLSearchParams, name: string, encoded: string): string => {
    const rest = new URLSearchParams(query);
    rest.delete(name);
    return `${rest}&${name}=${encoded}`;
  };

  /** A clear error, here or at the client; never a code, a page to go on at, or a failure of ours. */
  function expectRefusal({ status, headers, text }: Answer, what: string): void {
    const location = headers.get('location');
    const said = location === null ? /invalid_\w+/.exec(text)?.[0] : new URL(location).searchParams.get('error');
    expect({ what, status, said }).toEqual({ what, status: location === null ? 400 : 303, said: expect.any(String) });
    expect(said).toMatch(/^invalid_(request|client|redirect_uri)$/);
    expect(location ?? REDIRECT_URI).toMatch(/^https:\/\/client\.example\/callback/);
    expect(headers.getSetCookie()).toEqual([]);
  }

  it.each(AUTHORIZATION_PARAMETERS)(
    'S-014 in %s of an authorization request: an error that is clear, and nothing changed',
    async (name) => {
      const { url } = await flow.request();
      await changingNothing(async () => {
        for (const [what, encoded] of HOSTILE) {
          const query = withRaw(url.searchParams, name, encoded);
          const asked = { target: `/t/acme/authorize?${query}`, headers: cookieOf(browser) };
          expectRefusal(await spell(idp.origin, asked), what);
          expectRefusal(await post('authorize', query, cookieOf(browser)), what);
        }
      });
    },
  );

  it('S-014 the name of a parameter is no better a place, and is not repeated in an answer', async () => {
    const { url } = await flow.request();
    for (const [what, encoded] of HOSTILE) {
      const asked = {
        target: `/t/acme/authorize${url.search}&a${encoded}=x&a${encoded}=x`,
        headers: cookieOf(browser),
      };
      const { status, headers } = await spell(idp.origin, asked);
      expect({ what, status }).toEqual({ what, status: 303 });
      const described = new URL(headers.get('location')!).searchParams.get('error_description');
      expect(described).toBe('A parameter was sent more than once');
    }
  });

  it.each(['grant_type', 'code', 'redirect_uri', 'code_verifier', 'scope', 'resource', 'client_id', 'something_new'])(
    'S-014 in %s of a token request: an error that is clear, and the code is not spent',
    async (name) => {
      const given = await flow.code(browser);
      const query = tokenRequest(given);
      await changingNothing(async () => {
        for (const [what, encoded] of HOSTILE) {
          const answer = await post('token', withRaw(query, name, encoded), basic(app.client.client_id, app.secret));
          expect({ what, status: answer.status, ...answer.json }).toMatchObject({
            ...{ what, status: 400, error: 'invalid_request' },
            error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/) as string,
          });
        }
      });
      expect((await flow.redeem(given)).status).toBe(200);
    },
  );

  function tokenRequest({ code, checks }: GivenCode): URLSearchParams {
    const asked = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI };
    return new URLSearchParams({ ...asked, code_verifier: checks.pkceCodeVerifier! });
  }

  it.each(['token', 'introspect', 'revoke', 'userinfo'])('S-014 at %s: an error that is clear', async (path) => {
    const parameters = ['token', 'refresh_token', 'client_secret', 'client_assertion', 'access_token'];
    for (const [what, encoded] of HOSTILE) {
      for (const name of parameters) {
        const headers = path === 'userinfo' ? undefined : basic(app.client.client_id, app.secret);
        const { status } = await post(path, `grant_type=refresh_token&${name}=${encoded}`, headers);
        expect({ what, name, status }).toEqual({ what, name, status: 400 });
      }
    }
  });

  describe.each([
    ['username', 400],
    ['password', 400],
    ['csrf', 403],
  ])('S-014 in %s of the sign-in form', (name, status) => {
    it('the form is shown again, and nothing changed', async () => {
      const person = new HttpBrowser();
      const login = await passThrough(person, (await flow.request()).url);
      const fields = new URLSearchParams({ csrf: csrfOf(login), ...credentials });
      await changingNothing(async () => {
        for (const [what, encoded] of HOSTILE) {
          const path = `${new URL(login.url).pathname.slice('/t/acme/'.length)}/login`;
          const answer = await post(path, withRaw(fields, name, encoded), cookieOf(person));
          expect({ what, status: answer.status }).toEqual({ what, status });
          expect(answer.text).toContain('id="login-submit"');
          expect(answer.headers.getSetCookie()).toEqual([]);
        }
      });
      expect((await person.submit(login, 'login', { ...credentials })).status).toBe(303);
    });
  });

  function csrfOf(page: HttpPage): string {
    return [...page.forms.values()][0]!.csrf!;
  }

  it.each(['decision', 'shown', 'csrf'])('S-152 in %s of the consent form: nothing is allowed', async (name) => {
    for (const [what, encoded] of HOSTILE) {
      const person = new HttpBrowser();
      for (const [key, value] of browser.jar) person.jar.set(key, value);
      const { url } = await flow.request({ prompt: 'consent' });
      const consent = await person.open(url.href);
      const fields = new URLSearchParams({ ...[...consent.forms.values()][0], decision: 'allow' });
      const path = `${new URL(consent.url).pathname.slice('/t/acme/'.length)}/consent`;
      const answer = await post(path, withRaw(fields, name, encoded), cookieOf(person));
      const location = answer.headers.get('location') ?? '';
      expect({ what, status: answer.status }).toEqual({ what, status: name === 'csrf' ? 403 : 303 });
      expect(location).not.toContain('code=');
    }
  });

  it.each(['client_id', 'id_token_hint', 'post_logout_redirect_uri', 'state', 'logout_hint', 'ui_locales'])(
    'S-014 in %s of a logout: an error that is clear, and the user is still signed in',
    async (name) => {
      await changingNothing(async () => {
        for (const [what, encoded] of HOSTILE) {
          const asked = { target: `/t/acme/logout?${name}=${encoded}`, headers: cookieOf(browser) };
          expectRefusal(await spell(idp.origin, asked), what);
          expectRefusal(await post('logout', `${name}=${encoded}`, cookieOf(browser)), what);
        }
      });
    },
  );

  it('S-014 in the confirmation of a logout: an error that is clear, and the user is still signed in', async () => {
    for (const [what, encoded] of HOSTILE)
      expectRefusal(await post('logout/confirm', `confirmation=${encoded}`, cookieOf(browser)), what);
    expect((await browser.get(`${tenant.issuer}/`)).body).toContain('signed in as');
  });

  it('S-120 in a cookie: nobody is signed in', async () => {
    for (const value of ['\x01', '\x80\xff', 'tss_\xed\xa0\x80', '"', ';', 'tss_'.padEnd(4000, 'A')]) {
      const said = `GET /t/acme/ HTTP/1.1\r\nHost: ${new URL(idp.origin).host}\r\nCookie: sid.acme=${value}\r\n`;
      const heard = await speak(idp.origin, `${said}Connection: close\r\n\r\n`);
      expect(heard).toMatch(/^HTTP\/1\.1 (200|400) /);
      expect(heard).not.toContain('signed in as');
    }
  });

  it('S-130 all that people do write goes through: other alphabets, signs, line breaks of a password manager', async () => {
    const person = new HttpBrowser();
    const login = await passThrough(person, (await flow.request()).url);
    for (const username of ['Zoë', '用户', 'ада@пример.рф', 'a\u202Eb', '👩‍💻', 'x'.repeat(5000)]) {
      const answer = await person.submit(login, 'login', { username, password: 'pässwörd 密码 👩‍💻\u2028' });
      expect({ username, status: answer.status }).toEqual({ username, status: 400 });
    }
  });
});
