import type { Tenant } from '@tokenidp/tenancy';
import { createApi, createClient, createMachine, type TestClient } from '../support/fixtures';
import { type Answer, basic, send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { speak } from '../support/wire';

/** As they stand in the form, so that nothing in between puts them right. */
const HOSTILE: readonly (readonly [name: string, encoded: string])[] = [
  ['NUL', '%00'],
  ['NUL in the middle', 'a%00b'],
  ['a control character', 'a%1Bb'],
  ['half a surrogate pair, in UTF-8', '%ED%A0%80'],
  ['a pair of halves, in UTF-8', '%ED%A0%BD%ED%B8%80'],
  ['no UTF-8', '%FF%FE'],
  ['an overlong slash', '%C0%AF'],
  ['half an escape', 'a%'],
  ['no escape', '%zz'],
  ['line breaks', 'a%0D%0AX-Injected:%201'],
  ['SQL', "'%20OR%20'1'='1'--"],
  ['markup', '%3Cscript%3Ealert(1)%3C/script%3E'],
  ['a text that turns its reader round', '%E2%80%AE%F0%9F%98%80'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
  ['hasOwnProperty', 'hasOwnProperty'],
  ['JSON', '%7B%22__proto__%22:%7B%22a%22:1%7D%7D'],
  ['blanks', '%20%20'],
  ['much', 'a'.repeat(60_000)],
];

const UNREADABLE = HOSTILE.slice(0, 9).map(([name]) => name);
const ERRORS = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'unsupported_grant_type',
];

describe('what is sent to the token endpoint and its neighbours', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let machine: TestClient;
  let posting: TestClient;
  const logged: string[] = [];

  beforeAll(async () => {
    const log = (...parts: unknown[]) => void logged.push(parts.map(String).join(' '));
    const silent = () => {};
    const logger = { error: log, fatal: log, log: silent, warn: silent, debug: silent, verbose: silent };
    idp = await startIdp({ logger });
    const settings = { limits: { clientAuthFailuresPerMinute: 1000 } };
    tenant = await idp.createTenant({ slug: 'acme', settings });
    app = await createClient(idp, tenant);
    machine = await createMachine(idp, tenant);
    posting = await createMachine(idp, tenant, { token_endpoint_auth_method: 'client_secret_post' });
    await createApi(idp, tenant, [machine.client]);
  });

  afterAll(() => idp?.close());

  function post(path: string, body: string, by?: TestClient): Promise<Answer> {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...(by && basic(by.client.client_id, by.secret)),
    };
    return send(`${tenant.issuer}/${path}`, { headers, body });
  }

  /** A clear refusal in the words of OAuth, of which nothing was sent to us. */
  function expectRefused(name: string, answer: Answer, sent: string): void {
    expect({ name, status: answer.status }).toEqual({
      name,
      status: answer.json?.error === 'invalid_client' ? 401 : 400,
    });
    expect(answer.headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(ERRORS).toContain(answer.json?.error);
    if (UNREADABLE.includes(name)) expect(answer.json?.error).toBe('invalid_request');
    expect(answer.text.length).toBeLessThan(300);
    if (sent.length > 20) expect(answer.text).not.toContain(sent.slice(0, 20));
    expect(answer.headers.has('x-injected')).toBe(false);
  }

  const code = 'grant_type=authorization_code&code=x&code_verifier=x&redirect_uri=x';
  const own = 'grant_type=client_credentials';
  const inForm = () => `${own}&client_id=${posting.client.client_id}&client_secret=${posting.secret}`;
  const byAssertion = `${own}&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer`;

  const targets: [parameter: string, rest: () => string, by: () => TestClient | undefined][] = [
    ['grant_type', () => code, () => app],
    ['code', () => code, () => app],
    ['code_verifier', () => code, () => app],
    ['redirect_uri', () => code, () => app],
    ['refresh_token', () => 'grant_type=refresh_token', () => app],
    ['scope', () => own, () => machine],
    ['resource', () => own, () => machine],
    ['client_id', () => own, () => machine],
    ['client_id', inForm, () => undefined],
    ['client_secret', inForm, () => undefined],
    ['client_assertion', () => byAssertion, () => undefined],
    ['client_assertion_type', () => `${byAssertion}&client_assertion=a.b.c`, () => undefined],
  ];

  it.each(targets)('RFC 6749 §5.2 %s is refused for what it is, and nothing breaks', async (parameter, rest, by) => {
    const others = rest()
      .split('&')
      .filter((pair) => !pair.startsWith(`${parameter}=`))
      .join('&');
    for (const [name, value] of HOSTILE) {
      const answer = await post('token', `${others}&${parameter}=${value}`, by());
      // Nothing but blanks asks for no scope, and gets none.
      if (parameter === 'scope' && name === 'blanks') expect(answer.json).not.toHaveProperty('scope');
      else expectRefused(name, answer, value);
    }
    expect(logged).toEqual([]);
  });

  it.each(['token', 'revoke', 'introspect'])('RFC 6749 §5.2 a value of 1 MB is too much for /%s', async (path) => {
    for (const parameter of ['grant_type', 'token', 'client_secret', '__proto__']) {
      // Only its beginning is sent: nobody waits for the rest.
      const lines = [
        `POST /t/acme/${path} HTTP/1.1`,
        `Host: ${new URL(idp.origin).host}`,
        'Content-Type: application/x-www-form-urlencoded',
        'Content-Length: 1048576',
      ];
      const heard = await speak(idp.origin, `${lines.join('\r\n')}\r\n\r\n${parameter}=${'a'.repeat(1000)}`);
      expect(heard).toMatch(/^HTTP\/1\.1 413 /);
      expect(heard).toContain('"error":"invalid_request"');
    }
  });

  it('RFC 6749 §5.2 names that every object has are names of parameters that nobody knows', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', '__proto__[x]', 'constructor.prototype.x', '']) {
      const answer = await post('token', `${own}&scope=api.read&${encodeURIComponent(name)}=polluted`, machine);
      expect({ name, status: answer.status, scope: answer.json?.scope }).toEqual({
        name,
        status: 200,
        scope: 'api.read',
      });
    }
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    const twice = await post('token', `${own}&__proto__=a&__proto__=b`, machine);
    expect([twice.status, twice.json?.error]).toEqual([400, 'invalid_request']);
  });

  it.each(['revoke', 'introspect'])(
    'RFC 6749 §5.2 a token at /%s is refused, or is one that nobody knows',
    async (path) => {
      for (const [name, value] of HOSTILE) {
        const hint = value.length > 1000 ? 'access_token' : value;
        const answer = await post(path, `token=${value}&token_type_hint=${hint}`, machine);
        if (UNREADABLE.includes(name)) expectRefused(name, answer, value);
        else {
          const text = path === 'introspect' ? '{"active":false}' : '';
          expect({ name, status: answer.status, text: answer.text }).toEqual({ name, status: 200, text });
        }
      }
      expect(logged).toEqual([]);
    },
  );
});
