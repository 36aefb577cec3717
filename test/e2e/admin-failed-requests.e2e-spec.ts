import { type Resource } from '@tokenidp/clients';
import { newId } from '@tokenidp/kernel';
import { FailedRequests } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { API, createApi, createClient, createMachine, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';

const PLANTED = 'planted-value-7731';

describe('the administration API: failed requests', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;
  let app: TestClient;
  let machine: TestClient;
  let strict: TestClient;
  let resource: Resource;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant, ['auditor']);
    app = await createClient(idp, tenant, { response_modes: ['query'] });
    machine = await createMachine(idp, tenant);
    strict = await createClient(idp, tenant, { require_pushed_authorization_requests: true });
    resource = await createApi(idp, tenant, [app.client, machine.client]);
  });

  afterAll(() => idp?.close());

  const token = (form: Record<string, string>, headers = basic(machine.client.client_id, machine.secret)) =>
    postForm(`${tenant.issuer}/token`, form, headers);
  const authorize = (form: Record<string, string>, client = app) => {
    const all = {
      client_id: client.client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      state: PLANTED,
      ...form,
    };
    const given = Object.entries(all).filter(([, value]) => value !== '');
    return send(`${tenant.issuer}/authorize?${new URLSearchParams(given).toString()}`);
  };

  /** What was kept of the one request that failed last. */
  async function last(): Promise<Record<string, unknown>> {
    await idp.get(FailedRequests).flush();
    return (await api.get('failed-requests?limit=1')).body.items[0];
  }

  const fixOf = (member: string, value: unknown, path?: string) => ({ member, value, ...(path && { path }) });

  interface Seeded {
    cause: string;
    ask: () => Promise<Answer>;
    endpoint: string;
    error: string;
    sent?: object;
    registered?: object;
    fix?: object | null;
  }

  const seeded: Record<string, () => Seeded> = {
    'a redirect URI with a slash too many': () => ({
      cause: 'redirect-uri-mismatch',
      ask: () => authorize({ redirect_uri: `${REDIRECT_URI}/` }),
      endpoint: '/authorize',
      error: 'invalid_redirect_uri',
      sent: { redirect_uri: `${REDIRECT_URI}/` },
      registered: { redirect_uris: [REDIRECT_URI] },
      fix: fixOf('redirect_uris', [REDIRECT_URI, `${REDIRECT_URI}/`], `/clients/${app.client.id}`),
    }),
    'an unknown application': () => ({
      cause: 'unknown-client',
      ask: () => authorize({ client_id: 'ghost' }),
      endpoint: '/authorize',
      error: 'invalid_client',
      sent: { client_id: 'ghost' },
    }),
    'no application': () => ({
      cause: 'parameter-missing',
      ask: () => authorize({ client_id: '' }),
      endpoint: '/authorize',
      error: 'invalid_request',
    }),
    'a scope that is not assigned': () => ({
      cause: 'scope-not-assigned',
      ask: () => authorize({ scope: 'openid api.delete' }),
      endpoint: '/authorize',
      error: 'invalid_scope',
      sent: { scope: ['openid', 'api.delete'] },
      registered: { scopes: ['api.read', 'api.write'] },
    }),
    'no code_challenge': () => ({
      cause: 'pkce-missing',
      ask: () => authorize({ code_challenge: '', code_challenge_method: '' }),
      endpoint: '/authorize',
      error: 'invalid_request',
      registered: { require_pkce: true },
      fix: fixOf('require_pkce', false),
    }),
    'a plain code_challenge': () => ({
      cause: 'pkce-method',
      ask: () => authorize({ code_challenge_method: 'plain' }),
      endpoint: '/authorize',
      error: 'invalid_request',
      sent: { code_challenge_method: 'plain' },
    }),
    'another response_type': () => ({
      cause: 'unsupported-response-type',
      ask: () => authorize({ response_type: 'token' }),
      endpoint: '/authorize',
      error: 'unsupported_response_type',
    }),
    'a response_mode that is not registered': () => ({
      cause: 'response-mode-not-registered',
      ask: () => authorize({ response_mode: 'form_post' }),
      endpoint: '/authorize',
      error: 'unauthorized_client',
      registered: { response_modes: ['query'] },
      fix: fixOf('response_modes', ['query', 'form_post']),
    }),
    'a request that should have been pushed': () => ({
      cause: 'pushed-request-required',
      ask: () => authorize({}, strict),
      endpoint: '/authorize',
      error: 'invalid_request',
      fix: fixOf('require_pushed_authorization_requests', false, `/clients/${strict.client.id}`),
    }),
    'a session that is not there': () => ({
      cause: 'login-required',
      ask: () => authorize({ prompt: 'none' }),
      endpoint: '/authorize',
      error: 'login_required',
    }),
    'a resource that is not assigned': () => ({
      cause: 'resource-not-assigned',
      ask: () => authorize({ resource: 'https://other.example/' }),
      endpoint: '/authorize',
      error: 'invalid_target',
      sent: { resource: ['https://other.example/'] },
    }),
    'a wrong secret': () => ({
      cause: 'wrong-credentials',
      ask: () => token({ grant_type: 'client_credentials' }, basic(machine.client.client_id, PLANTED)),
      endpoint: '/token',
      error: 'invalid_client',
      registered: { token_endpoint_auth_method: 'client_secret_basic' },
    }),
    'the secret in the form': () => ({
      cause: 'auth-method-mismatch',
      ask: () => {
        const { client, secret } = machine;
        return postForm(`${tenant.issuer}/token`, {
          grant_type: 'client_credentials',
          client_id: client.client_id,
          client_secret: secret,
        });
      },
      endpoint: '/token',
      error: 'invalid_client',
      sent: { token_endpoint_auth_method: 'client_secret_post' },
      fix: fixOf('token_endpoint_auth_method', 'client_secret_post', `/clients/${machine.client.id}`),
    }),
    'a grant that is not registered': () => ({
      cause: 'grant-type-not-registered',
      ask: () => token({ grant_type: 'client_credentials' }, basic(app.client.client_id, app.secret)),
      endpoint: '/token',
      error: 'unauthorized_client',
      sent: { grant_type: 'client_credentials' },
      fix: fixOf('grant_types', ['authorization_code', 'refresh_token', 'client_credentials']),
    }),
    'a grant that there is not': () => ({
      cause: 'unsupported-grant-type',
      ask: () => token({ grant_type: 'password', password: PLANTED }),
      endpoint: '/token',
      error: 'unsupported_grant_type',
    }),
    'no grant': () => ({
      cause: 'parameter-missing',
      ask: () => token({ scope: 'api.read' }),
      endpoint: '/token',
      error: 'invalid_request',
    }),
    'a scope of the machine that is not assigned': () => ({
      cause: 'scope-not-assigned',
      ask: () => token({ grant_type: 'client_credentials', scope: 'api.read openid', resource: API }),
      endpoint: '/token',
      error: 'invalid_scope',
      registered: { scopes: expect.arrayContaining(['api.read', 'api.write']) },
    }),
    'a code that was never given': () => ({
      cause: 'code-not-valid',
      ask: () =>
        token(
          { grant_type: 'authorization_code', code: PLANTED, redirect_uri: REDIRECT_URI, code_verifier: PLANTED },
          basic(app.client.client_id, app.secret),
        ),
      endpoint: '/token',
      error: 'invalid_grant',
      sent: { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI },
    }),
    'a refresh token that was never given': () => ({
      cause: 'refresh-token-not-valid',
      ask: () =>
        token({ grant_type: 'refresh_token', refresh_token: PLANTED }, basic(app.client.client_id, app.secret)),
      endpoint: '/token',
      error: 'invalid_grant',
    }),
    'a pushed request with another redirect URI': () => ({
      cause: 'redirect-uri-mismatch',
      ask: () =>
        postForm(
          `${tenant.issuer}/par`,
          { response_type: 'code', redirect_uri: 'https://evil.example/' },
          basic(app.client.client_id, app.secret),
        ),
      endpoint: '/par',
      error: 'invalid_request',
      sent: { redirect_uri: 'https://evil.example/' },
      fix: fixOf('redirect_uris', [REDIRECT_URI, 'https://evil.example/']),
    }),
    'a device flow that is not registered': () => ({
      cause: 'grant-type-not-registered',
      ask: () => postForm(`${tenant.issuer}/device_authorization`, {}, basic(app.client.client_id, app.secret)),
      endpoint: '/device_authorization',
      error: 'unauthorized_client',
      fix: { member: 'grant_types' },
    }),
    'a method that there is not': () => ({
      cause: 'wrong-method',
      ask: () => send(`${tenant.issuer}/token?code=${PLANTED}`),
      endpoint: '/token',
      error: 'invalid_request',
    }),
    'JSON in the place of a form': () => ({
      cause: 'wrong-content-type',
      ask: () =>
        send(`${tenant.issuer}/token`, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ client_secret: PLANTED }),
        }),
      endpoint: '/token',
      error: 'invalid_request',
    }),
    'an access token that is none': () => ({
      cause: 'token-not-valid',
      ask: () => send(`${tenant.issuer}/userinfo`, { headers: { authorization: `Bearer ${PLANTED}` } }),
      endpoint: '/userinfo',
      error: 'invalid_token',
    }),
  };

  it.each(Object.keys(seeded))('tells why, what and how to mend: %s', async (name) => {
    const { ask, cause, endpoint, error, sent = {}, registered = {}, fix } = seeded[name]!();
    const answer = await ask();
    const kept = await last();
    expect(kept).toMatchObject({ cause, endpoint, error, sent, registered, omitted: 0 });
    if (fix) expect(kept.fix).toMatchObject(fix);
    else if (fix === undefined) expect(kept.fix).toBeNull();
    expect(JSON.stringify(kept)).not.toContain(PLANTED);
    if (answer.headers.get('content-type')?.includes('html')) expect(answer.text).toContain(kept.id);
    expect((await api.get(`failed-requests/${String(kept.id)}`)).body).toEqual(kept);
  });

  it('keeps nothing of what went well, and no step of a flow that goes well', async () => {
    const before = await last();
    expect(
      (await token({ grant_type: 'client_credentials', scope: 'api.read', resource: resource.identifier })).status,
    ).toBe(200);
    expect((await last()).id).toBe(before.id);
  });

  it('is narrowed by its filters, and paged', async () => {
    const ids = async (query: string) => (await api.get(`failed-requests?limit=200&${query}`)).body.items;
    const all = await ids('');
    expect(all.length).toBeGreaterThanOrEqual(15);
    const [first] = all;
    expect(await ids(`requestId=${first.id}`)).toEqual([first]);
    for (const [filter, member] of [
      ['clientId', 'clientId'],
      ['endpoint', 'endpoint'],
      ['error', 'error'],
      ['cause', 'cause'],
    ] as const) {
      const value = all.find((each: Record<string, unknown>) => each[member] !== null)[member];
      const some = await ids(`${filter}=${encodeURIComponent(value)}`);
      expect(some.length).toBeGreaterThan(0);
      expect(some.every((each: Record<string, unknown>) => each[member] === value)).toBe(true);
    }
    expect(await ids('search=GHOST')).toHaveLength(1);
    expect(await ids('to=2020-01-01T00:00:00Z')).toEqual([]);
    const page = (await api.get('failed-requests?limit=2&sort=occurredAt')).body;
    const next = (await api.get(`failed-requests?limit=2&sort=occurredAt&cursor=${page.nextCursor}`)).body;
    expect([...page.items, ...next.items].map(({ id }) => id)).toEqual(
      all
        .reverse()
        .slice(0, 4)
        .map(({ id }: { id: string }) => id),
    );
    expect((await api.get('failed-requests?clientId=x')).status).toBe(400);
  });

  it('S-175 tells another tenant nothing', async () => {
    const { id } = await last();
    const there = await adminApi(idp, await idp.createTenant({ slug: 'globex' }));
    expect((await there.get(`failed-requests/${String(id)}`)).status).toBe(404);
    expect((await there.get(`failed-requests/${newId()}`)).status).toBe(404);
    expect((await there.get('failed-requests/x')).status).toBe(404);
    expect((await there.get('failed-requests')).body.items).toEqual([]);
    const manager = await adminApi(idp, tenant, ['application-manager']);
    expect((await manager.get('failed-requests')).status).toBe(403);
  });

  it('keeps so many of a minute and counts the others; all of it for a week', async () => {
    const flooded = await idp.createTenant({ slug: 'flooded' });
    // A token lives for minutes, and the clock goes on by days.
    const kept = async () =>
      (await (await adminApi(idp, flooded, ['auditor'])).get('failed-requests?limit=200')).body.items;
    const one = () => send(`${flooded.issuer}/authorize?client_id=ghost`);
    idp.clock.hold();
    for (let n = 0; n < 130; n += 10) await Promise.all(Array.from({ length: 10 }, one));
    idp.clock.forward(61);
    await idp.get(FailedRequests).flush();
    const items = await kept();
    const omitted = items.filter(({ cause }: { cause: string }) => cause === 'omitted');
    expect([items.length, omitted.map((each: { omitted: number }) => each.omitted)]).toEqual([121, [10]]);
    idp.clock.forward(6 * 24 * 3600);
    await idp.get(FailedRequests).purge();
    expect(await kept()).toHaveLength(121);
    idp.clock.forward(24 * 3600);
    await idp.get(FailedRequests).purge();
    expect(await kept()).toEqual([]);
    idp.clock.reset();
    expect((await api.get('failed-requests')).body.items).toEqual([]);
  });
});
