import { Database } from '@tokenidp/database';
import { sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { createDevice, DeviceFlow } from '../support/device-flow';
import { createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';

/** A code that nobody was given, most likely. */
function wrongCode(): string {
  return Array.from({ length: 8 }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join('');
}

describe('S-155 RFC 8628 §5.1, §6.1 guessing at user codes', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let flow: DeviceFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { userCodesPerAddressPerMinute: 1000 } } });
    ({ credentials } = await createUser(idp, tenant));
    flow = await DeviceFlow.of(tenant, await createDevice(idp, tenant));
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  it('S-155 has eight letters of twenty, lives ten minutes, and is stored as nothing that can be tried', async () => {
    const device = await flow.begin();
    expect(device.user_code).toMatch(new RegExp(`^[${ALPHABET}]{4}-[${ALPHABET}]{4}$`));
    expect(device.expires_in).toBeLessThanOrEqual(600);
    await flow.enter(new HttpBrowser(), device.user_code);
    const { dataSource } = idp.get(Database);
    for (const table of ['device_authorization', 'interaction', 'counter', 'audit_event']) {
      const rows = JSON.stringify(await dataSource.query(`SELECT * FROM "${table}"`));
      for (const code of [device.user_code, device.user_code.replace('-', '')]) {
        expect([table, rows.includes(code), rows.includes(sha256(code))]).toEqual([table, false, false]);
      }
      expect(rows).not.toContain(device.device_code);
    }
  });

  it('S-155 RFC 8628 §5.1 after five wrong ones a browser has to wait, and the right one comes too late', async () => {
    const browser = new HttpBrowser();
    const statuses = [];
    for (let n = 0; n < 30; n += 1) statuses.push((await flow.type(browser, wrongCode())).status);
    expect(statuses).toEqual([...Array<number>(5).fill(400), ...Array<number>(25).fill(429)]);
    const { user_code } = await flow.begin();
    const refused = await flow.type(browser, user_code);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(refused.body).toContain('Too many tries');
    idp.clock.forward(600);
    const later = await flow.begin();
    expect((await flow.type(browser, later.user_code)).status).toBe(303);
  });

  it('S-155 a session is held to the same, whichever browser cookie comes with it, until a new sign-in', async () => {
    const browser = new HttpBrowser();
    await flow.approve(browser, (await flow.begin()).user_code, credentials);
    for (let n = 0; n < 5; n += 1) {
      browser.jar.delete('ix.acme');
      expect((await flow.type(browser, wrongCode())).status).toBe(400);
    }
    browser.jar.delete('ix.acme');
    expect((await flow.type(browser, wrongCode())).status).toBe(429);
    const other = new HttpBrowser();
    await flow.approve(other, (await flow.begin()).user_code, credentials);
    expect((await flow.type(other, wrongCode())).status).toBe(400);
  });

  it('S-155 RFC 8628 §5.1 fresh browsers at one address gain ten a minute, at once or one after another', async () => {
    const strict = await idp.createTenant({ slug: 'strict' });
    const there = await DeviceFlow.of(strict, await createDevice(idp, strict));
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => there.type(new HttpBrowser(), wrongCode()).then(({ status }) => status)),
    );
    expect(answers.filter((status) => status === 400)).toHaveLength(10);
    expect(answers.filter((status) => status === 429)).toHaveLength(20);
    const [hit] = await idp
      .get(Database)
      .dataSource.query<{ n: string }[]>(
        `SELECT count(*) AS n FROM audit_event WHERE "tenantId" = '${strict.id}' AND event = 'rate-limit.hit'`,
      );
    expect(Number(hit?.n)).toBe(1);
  });

  it('S-155 what is no code costs nobody a try', async () => {
    const browser = new HttpBrowser();
    for (let n = 0; n < 8; n += 1) expect((await flow.type(browser, 'AEIOU')).status).toBe(400);
    expect((await flow.type(browser, (await flow.begin()).user_code)).status).toBe(303);
  });

  it('S-155 is no code in another tenant, nor once it was answered', async () => {
    const other = await idp.createTenant({ slug: 'other' });
    const there = await DeviceFlow.of(other, await createDevice(idp, other));
    const device = await flow.begin();
    expect((await there.type(new HttpBrowser(), device.user_code)).status).toBe(400);
    await flow.approve(new HttpBrowser(), device.user_code, credentials);
    expect((await flow.type(new HttpBrowser(), device.user_code)).body).toContain('No device is waiting');
  });
});
