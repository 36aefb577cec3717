import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { CIBA, CibaFlow, createAsker } from '../support/ciba-flow';
import { createApi, createClient, createUser } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';

const UNLIMITED = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
const HINT = { login_hint: 'ada' };

describe('OpenID CIBA Core', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let flow: CibaFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({
      slug: 'acme',
      sandbox: true,
      settings: { limits: UNLIMITED, backchannel: { testApproval: true } },
    });
    ({ user } = await createUser(idp, tenant));
    const app = await createAsker(idp, tenant);
    await createApi(idp, tenant, [app.client]);
    flow = await CibaFlow.of(idp, tenant, app);
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  const told = ({ status, json }: { status: number; json: Record<string, unknown> | undefined }) =>
    `${status} ${String(json?.error)}`;

  describe('CIBA Core §7 the backchannel authentication endpoint', () => {
    it('CIBA Core §4 fapi-ciba-id1-discovery-end-point-verification: the metadata says what is served', () => {
      expect(flow.config.serverMetadata()).toMatchObject({
        backchannel_authentication_endpoint: `${tenant.issuer}/backchannel_authentication`,
        backchannel_token_delivery_modes_supported: ['poll', 'ping'],
        backchannel_authentication_request_signing_alg_values_supported: expect.arrayContaining(['PS256', 'ES256']),
        backchannel_user_code_parameter_supported: true,
        grant_types_supported: expect.arrayContaining([CIBA]),
      });
    });

    it('CIBA Core §7.3 fapi-ciba-id1: answers a stock client with what to ask by', async () => {
      expect(await flow.begin(HINT)).toEqual({
        auth_req_id: expect.stringMatching(/^tbr_[\w-]{49}$/),
        expires_in: 120,
        interval: 5,
      });
    });

    it.each([
      ['no hint', { login_hint: '' }, '400 invalid_request'],
      [
        'fapi-ciba-id1-ensure-authorization-request-with-multiple-hints-fails',
        { id_token_hint: 'x' },
        '400 invalid_request',
      ],
      ['an id_token_hint that is none', { login_hint: '', id_token_hint: 'a.b.c' }, '400 invalid_request'],
      ['a login_hint_token', { login_hint: '', login_hint_token: 'a.b.c' }, '400 invalid_request'],
      ['a scope without openid', { scope: 'api.read' }, '400 invalid_scope'],
      ['a scope that was not assigned', { scope: 'openid admin' }, '400 invalid_scope'],
      ['a requested_expiry that is no number', { requested_expiry: 'soon' }, '400 invalid_request'],
      ['a requested_expiry of nothing', { requested_expiry: '0' }, '400 invalid_request'],
      ['a long binding_message', { binding_message: 'x'.repeat(65) }, '400 invalid_binding_message'],
      ['a request_uri', { request_uri: 'urn:x' }, '400 invalid_request'],
    ])('CIBA Core §7.1, §13 refuses %s', async (_, form, expected) => {
      expect(told(await flow.ask({ ...HINT, ...(form as Record<string, string>) }))).toBe(expected);
    });

    it('CIBA Core §7 a client without the grant, or without a credential, may not ask', async () => {
      const web = await createClient(idp, tenant);
      const url = `${tenant.issuer}/backchannel_authentication`;
      const form = { scope: 'openid', ...HINT };
      expect(told(await postForm(url, form, basic(web.client.client_id, web.secret)))).toBe('400 unauthorized_client');
      expect(told(await postForm(url, { ...form, client_id: flow.app.client.client_id }))).toBe('401 invalid_client');
    });

    it.each(['1234', 'Überweisung 42', '確認 1234'])(
      'CIBA Core §7.1 fapi-ciba-id1-ensure-authorization-request-with-binding-message-succeeds: %s',
      async (binding_message) => {
        expect((await flow.ask({ ...HINT, binding_message })).status).toBe(200);
      },
    );
  });

  describe('CIBA Core §10, §11 the token endpoint', () => {
    it('CIBA Core §10.1 fapi-ciba-id1: a stock client polls until its user has allowed it, and gets all tokens', async () => {
      const asked = await flow.begin({ ...HINT, scope: 'openid email offline_access api.read' });
      const polled = openid.pollBackchannelAuthenticationGrant(flow.config, { ...asked, interval: 1 });
      expect(await flow.decide(asked.auth_req_id)).toBe(true);
      const tokens = await polled;
      expect(tokens.scope?.split(' ').sort()).toEqual(['api.read', 'email', 'offline_access', 'openid']);
      expect(tokens.claims()).toMatchObject({ sub: user.id, acr: expect.any(String), at_hash: expect.any(String) });
      expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: user.id, client_id: flow.app.client.client_id });
      expect((await openid.refreshTokenGrant(flow.config, tokens.refresh_token!)).access_token).toMatch(/./);
      const { json } = await flow.ask({ id_token_hint: tokens.id_token! });
      await flow.decide(String(json?.auth_req_id));
      expect((await flow.poll(String(json?.auth_req_id))).status).toBe(200);
    });

    it('CIBA Core §11 fapi-ciba-id1-user-rejects-authentication: access_denied', async () => {
      const { auth_req_id } = await flow.begin(HINT);
      expect(await flow.decide(auth_req_id, 'deny')).toBe(true);
      expect(await flow.decide(auth_req_id)).toBe(false);
      expect(await flow.errorOf(auth_req_id)).toBe('400 access_denied');
    });

    it('CIBA Core §11 fapi-ciba-id1-multiple-call-to-token-endpoint: pending, then slow_down', async () => {
      const { auth_req_id } = await flow.begin(HINT);
      expect(await flow.errorOf(auth_req_id)).toBe('400 authorization_pending');
      expect(await flow.errorOf(auth_req_id)).toBe('400 slow_down');
    });

    it('CIBA Core §7.1 fapi-ciba-id1-auth-req-id-expired: requested_expiry is honoured', async () => {
      const asked = await flow.begin({ ...HINT, requested_expiry: '10' });
      expect(asked.expires_in).toBe(10);
      expect((await flow.begin({ ...HINT, requested_expiry: '86400' })).expires_in).toBe(600);
      idp.clock.forward(10);
      expect(await flow.decide(asked.auth_req_id)).toBe(false);
      expect(await flow.errorOf(asked.auth_req_id)).toBe('400 expired_token');
    });

    it('CIBA Core §11 fapi-ciba-id1-ensure-wrong-auth-req-id-in-token-endpoint-request: invalid_grant', async () => {
      const other = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant));
      const { auth_req_id } = await flow.begin(HINT);
      await flow.decide(auth_req_id);
      expect(await other.errorOf(auth_req_id)).toBe('400 invalid_grant');
      expect(await flow.errorOf('x')).toBe('400 invalid_grant');
      expect(await flow.errorOf('')).toBe('400 invalid_request');
      expect((await flow.poll(auth_req_id)).headers.get('cache-control')).toBe('no-store');
      expect(await flow.errorOf(auth_req_id)).toBe('400 invalid_grant');
    });
  });

  describe('the approval for tests', () => {
    const approve = (at: Tenant, query: string) =>
      postForm(`${at.issuer}/backchannel_authentication/test_approval?${query}`, {});

    it('CIBA Core §7.2 answers for the user, by query, once', async () => {
      const { auth_req_id } = await flow.begin(HINT);
      const query = `auth_req_id=${auth_req_id}&action=allow`;
      expect((await approve(tenant, query)).status).toBe(200);
      expect(told(await approve(tenant, query))).toBe('400 invalid_request');
      expect((await flow.poll(auth_req_id)).status).toBe(200);
      expect(told(await approve(tenant, `auth_req_id=${auth_req_id}&action=maybe`))).toBe('400 invalid_request');
    });

    it('CIBA Core §7.2 is not there in a tenant that is no sandbox, nor in one that does not want it', async () => {
      const settings = { backchannel: { testApproval: true }, limits: UNLIMITED };
      const real = await idp.createTenant({ slug: 'real', settings });
      const shy = await idp.createTenant({ slug: 'shy', sandbox: true, settings: { limits: UNLIMITED } });
      for (const at of [real, shy]) {
        await createUser(idp, at);
        const there = await CibaFlow.of(idp, at, await createAsker(idp, at));
        const { auth_req_id } = await there.begin(HINT);
        expect((await approve(at, `auth_req_id=${auth_req_id}&action=allow`)).status).toBe(404);
        expect(await there.errorOf(auth_req_id)).toBe('400 authorization_pending');
      }
    });
  });
});
