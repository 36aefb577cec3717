import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import type { Credentials } from '../support/browser';
import { createDevice, DeviceFlow } from '../support/device-flow';
import { createApi, createUser } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

describe('the device grant under attack', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let flow: DeviceFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { userCodesPerAddressPerMinute: 1000 } } });
    ({ user, credentials } = await createUser(idp, tenant));
    flow = await DeviceFlow.of(tenant, await createDevice(idp, tenant));
    await createApi(idp, tenant, [flow.app.client]);
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  const errorOf = async (device_code: string, by = flow) => (await by.poll(device_code)).json?.error;
  const isPending = async (device_code: string) =>
    ['authorization_pending', 'slow_down'].includes(String(await errorOf(device_code)));

  /** The page that asks, for somebody who has just signed in. */
  async function question(browser: HttpBrowser, user_code: string): Promise<HttpPage> {
    const login = await flow.enter(browser, user_code);
    const answer = await browser.submit(login, 'login', { ...credentials });
    return browser.open(answer.headers.get('location')!);
  }

  describe('S-156 the device code', () => {
    it('S-156 RFC 8628 §5.2 is nothing to another client or tenant, and their polls do not hurt', async () => {
      const device = await flow.begin();
      const thief = await DeviceFlow.of(tenant, await createDevice(idp, tenant));
      const other = await idp.createTenant({ slug: 'elsewhere' });
      const foreigner = await DeviceFlow.of(other, await createDevice(idp, other));
      await flow.approve(new HttpBrowser(), device.user_code, credentials);
      for (const by of [thief, foreigner]) expect(await errorOf(device.device_code, by)).toBe('invalid_grant');
      expect((await flow.poll(device.device_code)).status).toBe(200);
      for (const by of [flow, thief]) expect(await errorOf(device.device_code, by)).toBe('invalid_grant');
    });

    it('S-156 has 256 random bits', async () => {
      const codes = await Promise.all(Array.from({ length: 200 }, () => flow.begin()));
      const secrets = codes.map(({ device_code }) => device_code.slice(4, 47));
      expect(new Set(secrets).size).toBe(200);
      for (let place = 0; place < 43; place += 1)
        expect(new Set(secrets.map((each) => each[place])).size).toBeGreaterThan(12);
    });
  });

  describe('S-157 whoever is sent a link by somebody else', () => {
    it('S-157 RFC 8628 §5.4 opening it, signed in or not, gives nothing away', async () => {
      const browser = new HttpBrowser();
      const device = await flow.begin();
      await flow.approve(browser, (await flow.begin()).user_code, credentials);
      const page = await browser.open(device.verification_uri_complete!);
      expect(page.body).toContain('Compare this code');
      expect(await isPending(device.device_code)).toBe(true);
      const asked = await browser.submit(page, 'device', { user_code: device.user_code });
      const confirm = await browser.open(asked.headers.get('location')!);
      expect(confirm.body).toContain(device.user_code);
      expect(confirm.body).toContain('127.0.0.1');
      expect(await isPending(device.device_code)).toBe(true);
    });

    it('S-157 RFC 8628 §3.3.1 an app of our own, which needs no consent elsewhere, asks here too', async () => {
      const own = await DeviceFlow.of(tenant, await createDevice(idp, tenant, { consent: 'implicit' }));
      const browser = new HttpBrowser();
      const login = await own.enter(browser, (await own.begin()).user_code);
      const answer = await browser.submit(login, 'login', { ...credentials });
      expect((await browser.open(answer.headers.get('location')!)).body).toContain('id="consent-allow"');
    });

    it.each([
      ['no anti-forgery value', { csrf: '' }, {}],
      ['a wrong anti-forgery value', { csrf: 'x' }, {}],
      ['a form of another site', {}, { 'sec-fetch-site': 'cross-site' }],
      ['a form of another origin', {}, { origin: 'https://evil.example' }],
    ])('S-124 S-157 neither the code nor the answer counts with %s', async (_, fields, headers) => {
      const browser = new HttpBrowser();
      const device = await flow.begin();
      const page = await browser.open(flow.pageUrl);
      const typed = await browser.submit(page, 'device', { user_code: device.user_code, ...fields }, headers);
      expect([typed.status, typed.headers.get('location')]).toEqual([403, null]);
      const asked = await question(browser, device.user_code);
      const answer = await browser.submit(asked, 'consent', { decision: 'allow', ...fields }, headers);
      expect([answer.status, answer.headers.get('location')]).toEqual([403, null]);
      expect(await isPending(device.device_code)).toBe(true);
    });

    it('S-044 S-157 the question is answered in the browser that the code was typed in, and in no other', async () => {
      const [mine, theirs] = [new HttpBrowser(), new HttpBrowser()];
      const device = await flow.begin();
      const asked = await question(mine, device.user_code);
      await flow.approve(theirs, (await flow.begin()).user_code, credentials);
      expect((await theirs.get(asked.url)).status).toBe(403);
      expect((await theirs.submit(asked, 'consent', { decision: 'allow' })).status).toBe(403);
      expect(await isPending(device.device_code)).toBe(true);
    });

    it('S-157 an authorization request cannot pass for the question about a device', async () => {
      const device = await flow.begin();
      const query = new URLSearchParams({
        ...{
          client_id: flow.app.client.client_id,
          response_type: 'code',
          scope: 'openid',
          user_code: device.user_code,
        },
        ...{ deviceAuthorizationId: device.device_code },
      });
      const answer = await new HttpBrowser().get(`${tenant.issuer}/authorize?${query}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    });

    it('S-152 what was not shown is not granted', async () => {
      const browser = new HttpBrowser();
      const device = await flow.begin();
      const asked = await question(browser, device.user_code);
      const tampered = await browser.submit(asked, 'consent', { decision: 'allow', shown: 'x'.repeat(43) });
      expect(tampered.headers.get('location')).toBe(asked.url);
      expect(await isPending(device.device_code)).toBe(true);
    });

    it('S-007 every page of it is under the policy of pages', async () => {
      const browser = new HttpBrowser();
      const pages = ['', '?user_code=BCDF-GHJK', '/done', '/denied', '/expired'].map((end) => flow.pageUrl + end);
      for (const page of [
        ...(await Promise.all(pages.map((url) => browser.get(url)))),
        await flow.type(browser, 'x'),
      ]) {
        const policy = page.headers.get('content-security-policy');
        for (const rule of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
          expect(policy).toContain(rule);
        }
        expect(policy).toContain("form-action 'self';");
        expect(page.headers.get('cache-control')).toBe('no-store');
      }
    });

    it('S-151 what the link holds is shown as a code, or not at all', async () => {
      const open = async (given: string) =>
        (await new HttpBrowser().get(`${flow.pageUrl}?user_code=${encodeURIComponent(given)}`)).body;
      expect(await open('"><script>alert(1)</script>')).not.toContain('alert(1)');
      expect(await open('call +1 555 0100')).not.toMatch(/id="user_code"[^>]* value="|555[ -]?0100/);
      expect(await open('bcdfghjk')).toContain('value="BCDF-GHJK"');
    });
  });

  describe('S-158 the polls', () => {
    it('S-158 RFC 8628 §3.5 one that is too fast waits longer each time, approved or not it is told the truth', async () => {
      idp.clock.hold();
      const device = await flow.begin();
      const errors = [];
      for (const seconds of [0, 1, 1, 1]) {
        idp.clock.forward(seconds);
        errors.push(await errorOf(device.device_code));
      }
      expect(errors).toEqual(['authorization_pending', 'slow_down', 'slow_down', 'slow_down']);
      idp.clock.forward(19);
      expect(await errorOf(device.device_code)).toBe('slow_down');
      idp.clock.forward(25);
      expect(await errorOf(device.device_code)).toBe('authorization_pending');
      await flow.deny(new HttpBrowser(), device.user_code, credentials);
      expect(await errorOf(device.device_code)).toBe('access_denied');
    });
  });

  describe('S-163 a user who is disabled', () => {
    it.each(['before the sign-in', 'before the answer', 'before the device has asked'])(
      'S-145 S-163 %s leaves the device without anything',
      async (when) => {
        const somebody = await createUser(idp, tenant, { username: `u${when.length}` });
        const disable = () => idp.get(UsersService).disable(tenant, somebody.user.id);
        const browser = new HttpBrowser();
        const device = await flow.begin({ scope: 'openid offline_access' });
        const login = await flow.enter(browser, device.user_code);
        if (when === 'before the sign-in') await disable();
        const answer = await browser.submit(login, 'login', { ...somebody.credentials });
        if (answer.status === 303) {
          const asked = await browser.open(answer.headers.get('location')!);
          if (when === 'before the answer') await disable();
          await browser.submit(asked, 'consent', { decision: 'allow' });
          if (when === 'before the device has asked') await disable();
        }
        expect(answer.status).toBe(when === 'before the sign-in' ? 400 : 303);
        const expected = when === 'before the device has asked' ? 'invalid_grant' : 'authorization_pending';
        expect(await errorOf(device.device_code)).toBe(expected);
      },
    );

    it('S-163 one whose password has to wait does not get in here either', async () => {
      const locked = await createUser(idp, tenant, { username: 'locked' });
      const device = await flow.begin();
      const browser = new HttpBrowser();
      const login = await flow.enter(browser, device.user_code);
      for (let n = 0; n < 6; n += 1)
        await browser.submit(login, 'login', { username: 'locked', password: `wrong ${n}` });
      expect((await browser.submit(login, 'login', { ...locked.credentials })).status).toBe(429);
    });
  });

  it('S-063 RFC 9700 §2.3 no scope beyond what was assigned, asked for or remembered', async () => {
    const answer = await flow.begin({ scope: 'openid tenants.write' }).catch((error: unknown) => error);
    expect(answer).toMatchObject({ error: 'invalid_scope' });
    const device = await flow.begin({ scope: 'openid api.read' });
    await flow.approve(new HttpBrowser(), device.user_code, credentials);
    const { json } = await flow.poll(device.device_code, { scope: 'openid api.read api.write' });
    expect(json?.scope).toBe('openid api.read');
  });

  it('S-122 the tokens of the device fall with its user', async () => {
    const device = await flow.begin({ scope: 'openid offline_access' });
    await flow.approve(new HttpBrowser(), device.user_code, credentials);
    const { json } = await flow.poll(device.device_code);
    await idp.get(UsersService).disable(tenant, user.id);
    const refreshed = await flow.poll('', { grant_type: 'refresh_token', refresh_token: String(json?.refresh_token) });
    expect(refreshed.json?.error).toBe('invalid_grant');
    await idp.get(UsersService).enable(tenant, user.id);
  });
});
