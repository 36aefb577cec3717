import type { Request } from 'playwright-core';
import type { Person } from '../support/browser';
import { expectCode, expectErrorRedirect } from '../support/conformance';
import { ConformancePlan } from '../support/conformance-plan';
import { REDIRECT_URI } from '../support/fixtures';
import { send } from '../support/http';

const QUERY_URI = 'https://client.example/callback?foo=bar&empty=';
const HOSTILE = `"><script>alert(1)</script>&code=forged#'\\ ä日本 {"a":[1]}`;

/** What stands in the form of the page, by name. */
function fieldsOf(html: string): Record<string, string> {
  const inputs = html.matchAll(/<input\b[^>]*\bname="([^"]*)"[^>]*\bvalue="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name!, value!]));
}

describe('OAuth 2.0 Form Post Response Mode', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  /** Addresses that the browser went to, each as it stood in the address bar. */
  function addressesOf(person: Person): string[] {
    const addresses: string[] = [];
    person.context.on('request', (request: Request) => addresses.push(request.url()));
    return addresses;
  }

  it('OAuth 2.0 Form Post Response Mode §2 is announced', async () => {
    const app = await plan.app();
    expect(app.config.serverMetadata().response_modes_supported).toEqual(
      expect.arrayContaining(['query', 'form_post']),
    );
  });

  it('OAuth 2.0 Form Post Response Mode §2 is a page of 200 that posts to the redirect_uri and is not kept', async () => {
    const app = await plan.app({}, 'form_post');
    const { url } = await app.request({ prompt: 'none', state: 's-1' });
    const { status, headers, text } = await send(url);
    expect(status).toBe(200);
    expect(headers.get('location')).toBeNull();
    expect(headers.get('content-type')).toMatch(/^text\/html\b/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https://client.example;");
    expect(text).toContain(`<form method="post" action="${REDIRECT_URI}" data-autosubmit`);
    expect(fieldsOf(text)).toEqual({
      error: 'login_required',
      error_description: expect.any(String),
      state: 's-1',
      iss: plan.tenant.issuer,
    });
  });

  it('OAuth 2.0 Form Post Response Mode §2 a code is in the body and in no address', async () => {
    const app = await plan.app({}, 'form_post');
    const person = await plan.person();
    const addresses = addressesOf(person);
    const { callback, request } = await plan.login(app, person);
    const code = callback.parameters.get('code')!;
    expect(callback.url.search).toBe('');
    expect(addresses.length).toBeGreaterThan(2);
    expect(addresses.filter((address) => address.includes(code) || /[?&](code|error)=/.test(address))).toEqual([]);
    expectCode(callback, request, plan.tenant.issuer);
  });

  it('OAuth 2.0 Form Post Response Mode §2 the query of a redirect_uri stays as it is', async () => {
    const app = await plan.app({ redirect_uris: [QUERY_URI] }, 'form_post');
    const request = await app.request({ redirect_uri: QUERY_URI });
    const callback = await (await plan.signedIn()).authorize(request.url);
    expect(callback.url.href).toBe(QUERY_URI);
    expectCode(callback, request, plan.tenant.issuer);
  });

  it('S-028 OAuth 2.0 Form Post Response Mode §2 a hostile state is data, and comes back byte for byte', async () => {
    const app = await plan.app({}, 'form_post');
    const person = await plan.signedIn();
    const dialogs: string[] = [];
    person.page.on('dialog', (dialog) => dialogs.push(dialog.message()));
    const { callback } = await plan.login(app, person, { state: HOSTILE });
    expect(callback.parameters.get('state')).toBe(HOSTILE);
    expect(callback.parameters.getAll('code')).toHaveLength(1);
    expect(dialogs).toEqual([]);
  });

  describe('errors', () => {
    it.each([
      ['of the request itself', { scope: 'unheard-of' }, 'invalid_scope'],
      ['of PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
      ['of a silent request', { prompt: 'none' }, 'login_required'],
      ['of a response_type that is not served', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ])('OAuth 2.0 Form Post Response Mode §2 %s are posted too', async (_name, parameters, error) => {
      const app = await plan.app({}, 'form_post');
      const request = await app.request(parameters as unknown as Record<string, string>);
      const callback = await plan.visitor().authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error });
    });

    it.each([
      ['who turns away from signing in', 'cancel', {}],
      ['who does not allow it', 'consent', { decision: 'deny' }],
    ])('OAuth 2.0 Form Post Response Mode §2 a user %s is posted too', async (_name, step, typed) => {
      const app = await plan.app({}, 'form_post');
      const visitor = plan.visitor();
      const request = await app.request();
      await visitor.open(request.url);
      if (step === 'consent') await visitor.signIn(plan.credentials);
      await visitor.submit(step, typed as Record<string, string>);
      const callback = visitor.callbackAfter(0);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'access_denied' });
    });

    it('OAuth 2.0 Multiple Response Types §2.1 a mode that the client has not registered is told by query', async () => {
      const app = await plan.app({ response_modes: ['query'] });
      const request = await app.request({ response_mode: 'form_post' });
      const callback = await plan.visitor().authorize(request.url);
      expect(callback.method).toBe('GET');
      expect(callback.parameters.get('error')).toBe('unauthorized_client');
    });

    it.each(['fragment', 'fragment.jwt', 'FORM_POST', 'query,form_post'])(
      'OAuth 2.0 Multiple Response Types §2.1 a mode that there is not is told by query: %s',
      async (response_mode) => {
        const app = await plan.app();
        const request = await app.request({ response_mode });
        const callback = await plan.visitor().authorize(request.url);
        expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'invalid_request' });
        expect(callback.url.hash).toBe('');
      },
    );

    it('OAuth 2.1 §4.1.2.1 a redirect_uri that is not registered gets no form either', async () => {
      const app = await plan.app({}, 'form_post');
      const { url } = await app.request({ redirect_uri: 'https://client.example/other' });
      const { status, text } = await send(url);
      expect(status).toBe(400);
      expect(text).not.toContain('data-autosubmit');
      expect(text).not.toContain('client.example/other');
    });
  });
});
