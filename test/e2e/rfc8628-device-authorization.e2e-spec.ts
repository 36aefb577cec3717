import { Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { createDevice, DEVICE_CODE, DeviceFlow } from '../support/device-flow';
import { API, createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

describe('RFC 8628 the device authorization grant', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let flow: DeviceFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { userCodesPerAddressPerMinute: 1000 } } });
    ({ user, credentials } = await createUser(idp, tenant));
    const app = await createDevice(idp, tenant);
    await createApi(idp, tenant, [app.client]);
    flow = await DeviceFlow.of(tenant, app);
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  const ask = (form: Record<string, string>) =>
    postForm(`${tenant.issuer}/device_authorization`, { client_id: flow.app.client.client_id, ...form });

  async function errorOf(device_code: string): Promise<string> {
    const { status, json } = await flow.poll(device_code);
    return `${status} ${String(json?.error)}`;
  }

  describe('§3.1, §3.2 the device authorization endpoint', () => {
    it('RFC 8628 §3.2 answers a stock client with both codes and where to type one', async () => {
      const device = await flow.begin();
      expect(device).toEqual({
        device_code: expect.stringMatching(/^tdc_[\w-]{49}$/),
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
        verification_uri: `${tenant.issuer}/device`,
        verification_uri_complete: `${tenant.issuer}/device?user_code=${device.user_code}`,
        expires_in: 600,
        interval: 5,
      });
    });

    it('RFC 8628 §3.2 answers oauth4webapi, and nothing of it is to be stored', async () => {
      const as = flow.config.serverMetadata() as oauth.AuthorizationServer;
      const client = { client_id: flow.app.client.client_id };
      const insecure = { [oauth.allowInsecureRequests]: true };
      const response = await oauth.deviceAuthorizationRequest(as, client, oauth.None(), { scope: 'openid' }, insecure);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const device = await oauth.processDeviceAuthorizationResponse(as, client, response);
      await flow.approve(new HttpBrowser(), device.user_code, credentials);
      const polled = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), device.device_code, insecure);
      const tokens = await oauth.processDeviceCodeResponse(as, client, polled);
      expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: user.id, aud: client.client_id });
    });

    it.each([
      ['a scope that was not assigned', { scope: 'openid admin' }, '400 invalid_scope'],
      ['a malformed scope', { scope: 'openid "' }, '400 invalid_scope'],
      ['an unknown resource', { resource: 'https://other.example/' }, '400 invalid_target'],
      ['a control character', { scope: 'openid', extra: 'a\nb' }, '400 invalid_request'],
      ['a client that nobody knows', { client_id: 'nobody' }, '401 invalid_client'],
      ['no client', { client_id: '' }, '401 invalid_client'],
    ])('RFC 8628 §3.1 refuses %s, and writes nothing', async (_, form, expected) => {
      const count = async () =>
        (await idp.get(Database).dataSource.query<unknown[]>('SELECT id FROM device_authorization')).length;
      const before = await count();
      const { status, json } = await ask(form as Record<string, string>);
      expect(`${status} ${String(json?.error)}`).toBe(expected);
      expect(await count()).toBe(before);
    });

    it('RFC 8628 §3.1 refuses what is sent twice', async () => {
      const client_id = flow.app.client.client_id;
      const twice: [string, string][] = [
        ['client_id', client_id],
        ['scope', 'openid'],
        ['scope', 'openid'],
      ];
      expect((await postForm(`${tenant.issuer}/device_authorization`, twice)).json?.error).toBe('invalid_request');
    });

    it('RFC 8628 §3.1 S-052 a confidential client proves itself, and needs the grant', async () => {
      const machine = await createMachine(idp, tenant);
      const form = { client_id: machine.client.client_id };
      expect((await ask(form)).json?.error).toBe('invalid_client');
      const proof = basic(machine.client.client_id, machine.secret);
      const { status, json } = await postForm(`${tenant.issuer}/device_authorization`, form, proof);
      expect([status, json?.error]).toEqual([400, 'unauthorized_client']);
    });

    it('RFC 8628 §4 is in the metadata, and the grant with it', () => {
      const metadata = flow.config.serverMetadata();
      expect(metadata.device_authorization_endpoint).toBe(`${tenant.issuer}/device_authorization`);
      expect(metadata.grant_types_supported).toContain(DEVICE_CODE);
    });
  });

  describe('§3.4, §3.5 the token endpoint', () => {
    it('RFC 8628 §3.5 a stock client polls until its user has allowed it, and gets all tokens', async () => {
      const device = await flow.begin({ scope: 'openid email offline_access api.read' });
      const polled = openid.pollDeviceAuthorizationGrant(flow.config, { ...device, interval: 1 });
      const page = await flow.approve(new HttpBrowser(), device.user_code, credentials);
      expect(page.body).toContain('Your device is connected');
      const tokens = await polled;
      expect(tokens.scope?.split(' ').sort()).toEqual(['api.read', 'email', 'offline_access', 'openid']);
      expect(tokens.claims()).toMatchObject({ sub: user.id, sid: expect.any(String), amr: ['pwd'] });
      expect(decodeJwt(tokens.access_token)).toMatchObject({
        sub: user.id,
        client_id: flow.app.client.client_id,
        aud: [API, tenant.issuer],
      });
      const refreshed = await openid.refreshTokenGrant(flow.config, tokens.refresh_token!);
      expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
      expect(await openid.fetchUserInfo(flow.config, refreshed.access_token, user.id)).toMatchObject({
        email: 'ada@example.com',
      });
    });

    it('RFC 8628 §3.5 says authorization_pending, then slow_down, each time for longer', async () => {
      idp.clock.hold();
      const { device_code } = await flow.begin();
      const after = async (seconds: number): Promise<string> => {
        idp.clock.forward(seconds);
        return errorOf(device_code);
      };
      expect(await after(0)).toBe('400 authorization_pending');
      expect(await after(5)).toBe('400 authorization_pending');
      expect(await after(4)).toBe('400 slow_down');
      expect(await after(9)).toBe('400 slow_down');
      expect(await after(15)).toBe('400 authorization_pending');
      expect(await after(14)).toBe('400 slow_down');
    });

    it('RFC 8628 §3.5 says expired_token once the time is over, approved or not', async () => {
      const [open, approved] = [await flow.begin(), await flow.begin()];
      await flow.approve(new HttpBrowser(), approved.user_code, credentials);
      idp.clock.forward(600);
      expect(await errorOf(open.device_code)).toBe('400 expired_token');
      expect(await errorOf(approved.device_code)).toBe('400 expired_token');
    });

    it('RFC 8628 §3.5 says access_denied when the user said no', async () => {
      const device = await flow.begin();
      const page = await flow.deny(new HttpBrowser(), device.user_code, credentials);
      expect(page.body).toContain('The device is not connected');
      expect(await errorOf(device.device_code)).toBe('400 access_denied');
      await expect(openid.pollDeviceAuthorizationGrant(flow.config, { ...device, interval: 1 })).rejects.toMatchObject({
        error: 'access_denied',
      });
    });

    it('RFC 8628 §3.4 gives tokens once', async () => {
      const device = await flow.begin();
      await flow.approve(new HttpBrowser(), device.user_code, credentials);
      expect((await flow.poll(device.device_code)).status).toBe(200);
      expect(await errorOf(device.device_code)).toBe('400 invalid_grant');
    });

    it.each([
      ['no code', '', '400 invalid_request'],
      ['a code that was never issued', `tdc_${'A'.repeat(49)}`, '400 invalid_grant'],
      ['what is no code', 'x', '400 invalid_grant'],
    ])('RFC 8628 §3.4 refuses %s', async (_, code, expected) => {
      expect(await errorOf(code)).toBe(expected);
    });

    it('RFC 8628 §3.4 the user code is no device code', async () => {
      const device = await flow.begin();
      await flow.approve(new HttpBrowser(), device.user_code, credentials);
      expect(await errorOf(device.user_code)).toBe('400 invalid_grant');
    });

    it('RFC 8628 §3.4 a client without the grant may not ask', async () => {
      const web = await createClient(idp, tenant);
      const form = { grant_type: DEVICE_CODE, device_code: 'x' };
      const answer = await postForm(`${tenant.issuer}/token`, form, basic(web.client.client_id, web.secret));
      expect(answer.json?.error).toBe('unauthorized_client');
    });

    it('RFC 8707 §2 a token is for the resource that was asked for, and never for another', async () => {
      const device = await flow.begin({ scope: 'api.read', resource: API });
      await flow.approve(new HttpBrowser(), device.user_code, credentials);
      const refused = await flow.poll(device.device_code, { resource: tenant.issuer });
      expect(refused.json?.error).toBe('invalid_target');
      const { json } = await flow.poll(device.device_code);
      expect(decodeJwt(String(json?.access_token)).aud).toBe(API);
      expect(json).not.toHaveProperty('id_token');
    });
  });

  describe('what follows from an approval', () => {
    it('is in the audit trail, from the opened request to the token', async () => {
      const device = await flow.begin({ scope: 'openid' });
      await flow.approve(new HttpBrowser(), device.user_code, credentials);
      await flow.poll(device.device_code);
      const events = await idp
        .get(Database)
        .dataSource.query<{ event: string; detail: unknown }[]>(
          `SELECT event, detail FROM audit_event WHERE "clientId" = '${flow.app.client.id}' ORDER BY "occurredAt" DESC, id DESC LIMIT 4`,
        );
      expect(events.map(({ event }) => event).sort()).toEqual([
        'authorization.granted',
        'device-request.approved',
        'device-request.opened',
        'token.issued',
      ]);
      expect(JSON.stringify(events)).not.toContain(device.user_code);
      expect(events.find(({ event }) => event === 'token.issued')?.detail).toMatchObject({ grant: DEVICE_CODE });
    });

    it('OIDC Core §11 the tokens fall with the session, but those with offline_access', async () => {
      const browser = new HttpBrowser();
      const [online, offline] = [await flow.begin(), await flow.begin({ scope: 'openid offline_access' })];
      await flow.approve(browser, online.user_code, credentials);
      await flow.approve(browser, offline.user_code);
      const kept = (await flow.poll(offline.device_code)).json!;
      const page = await browser.open(`${tenant.issuer}/logout`);
      await browser.submit(page, 'confirm');
      expect(await errorOf(online.device_code)).toBe('400 invalid_grant');
      const refreshed = await openid.refreshTokenGrant(flow.config, String(kept.refresh_token));
      expect(refreshed.access_token).toBeDefined();
    });
  });
});
