import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { createDevice, DeviceFlow } from '../support/device-flow';
import { createApi } from '../support/fixtures';
import { HostedPages } from '../support/hosted-pages';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const EVERYTHING = { scope: 'openid email offline_access api.read' };

describe('hosted pages: connecting a device', () => {
  let pages: HostedPages;
  let flow: DeviceFlow;

  beforeAll(async () => {
    pages = await HostedPages.start();
    const app = await createDevice(pages.idp, pages.tenant, { client_name: 'Living Room TV' });
    await createApi(pages.idp, pages.tenant, [app.client]);
    flow = await DeviceFlow.of(pages.tenant, app);
  });

  afterAll(() => pages?.close());

  const heading = (page: Page): Promise<string> => page.innerText('h1');
  // Each person comes a minute later, so that none of them uses up another one's tries.
  const aMinuteLater = (): void => pages.idp.clock.forward(61);

  async function type(page: Page, code: string): Promise<void> {
    await page.fill('[name=user_code]', code);
    await page.click('#device-submit');
  }

  it.each([true, false])(
    'RFC 8628 §3.3 the code, the sign-in and the answer, with JavaScript: %s',
    async (javaScriptEnabled) => {
      aMinuteLater();
      const device = await flow.begin(EVERYTHING);
      await pages.inBrowser({ javaScriptEnabled }, async (page) => {
        await page.goto(flow.pageUrl);
        expect(await heading(page)).toBe('Connect a device');
        await type(page, ` ${device.user_code.toLowerCase().replace('-', ' ')} `);
        expect(await page.innerText('.lead')).toBe('to continue to Living Room TV');
        await pages.signIn(page);
        expect(await heading(page)).toBe('Connect Living Room TV to your account?');
        expect(await page.innerText('.device-code')).toBe(device.user_code);
        const text = await page.innerText('main');
        expect(text).toContain('127.0.0.1');
        expect(text).toContain('See your e-mail address');
        expect(text).toContain('Read everything.');
        expect(text).not.toContain('Afterwards you return to');
        await page.click('#consent-allow');
        await page.waitForURL(`${flow.pageUrl}/done`);
        expect(await heading(page)).toBe('Your device is connected');
      });
      expect((await flow.poll(device.device_code)).status).toBe(200);
    },
  );

  it('RFC 8628 §3.3.1 S-157 the complete link fills the code in, and still asks to compare and to allow', async () => {
    aMinuteLater();
    await pages.inBrowser({}, async (page, context) => {
      await pages.admit(context);
      const [first, second] = [await flow.begin(), await flow.begin()];
      await page.goto(first.verification_uri_complete!);
      expect(await page.inputValue('[name=user_code]')).toBe(first.user_code);
      expect(await page.innerText('.lead')).toContain('Compare this code');
      expect((await flow.poll(first.device_code)).json?.error).toBe('authorization_pending');
      await page.click('#device-submit');
      await page.click('#consent-allow');
      await page.waitForURL('**/done');
      // Signed in, and allowed to the same app a moment ago: the next device asks all the same.
      await page.goto(second.verification_uri_complete!);
      await page.click('#device-submit');
      expect(await page.innerText('.device-code')).toBe(second.user_code);
      expect((await flow.poll(second.device_code)).json?.error).toBe('authorization_pending');
    });
  });

  it('who turns away at the sign-in or at the question says no', async () => {
    aMinuteLater();
    await pages.inBrowser({}, async (page, context) => {
      for (const turnAway of ['#login-cancel', '#consent-deny']) {
        const device = await flow.begin();
        if (turnAway === '#consent-deny') await pages.admit(context);
        await page.goto(device.verification_uri_complete!);
        await page.click('#device-submit');
        await page.click(turnAway);
        expect(await heading(page)).toBe('The device is not connected');
        expect((await flow.poll(device.device_code)).json?.error).toBe('access_denied');
      }
    });
  });

  it('what is wrong with a code is told at its field, and what was typed is kept', async () => {
    aMinuteLater();
    await pages.inBrowser({}, async (page) => {
      await page.goto(flow.pageUrl);
      const error = () => page.innerText('#user_code-error');
      await page.click('#device-submit');
      expect(await error()).toBe('Enter the code.');
      await type(page, 'AEIO-0123');
      expect(await error()).toContain('eight letters');
      await type(page, 'bcdf-ghjk');
      expect(await error()).toContain('No device is waiting');
      expect(await page.inputValue('[name=user_code]')).toBe('bcdf-ghjk');
      expect(await page.getAttribute('[name=user_code]', 'aria-invalid')).toBe('true');
    });
  });

  it('a code that expires while its user reads leads to a page that says so', async () => {
    aMinuteLater();
    await pages.inBrowser({}, async (page, context) => {
      await pages.admit(context);
      const device = await flow.begin();
      await page.goto(device.verification_uri_complete!);
      await page.click('#device-submit');
      pages.idp.clock.forward(600);
      await page.click('#consent-allow');
      expect(await heading(page)).toBe('This code does not work any more');
      await page.click('main a');
      expect(await heading(page)).toBe('Connect a device');
    });
  });

  it('speaks German, and an unknown address below the page leads to it', async () => {
    await pages.inBrowser({ locale: 'de-DE' }, async (page) => {
      await page.goto(`${flow.pageUrl}/somewhere`);
      expect(page.url()).toBe(flow.pageUrl);
      expect(await heading(page)).toBe('Ein Gerät verbinden');
    });
  });

  it.each(['light', 'dark'] as const)(
    'every page passes axe, keeps its policy and fits a phone (%s)',
    async (scheme) => {
      aMinuteLater();
      const viewport = { width: 390, height: 844 };
      await pages.inBrowser({ colorScheme: scheme, viewport, bypassCSP: false }, async (page) => {
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (/content security policy|refused/i.test(message.text())) complaints.push(message.text());
        });
        const check = async (name: string): Promise<void> => {
          await page.evaluate(AXE);
          const found = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
          const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
          complaints.push(
            ...found.violations.map(({ id }) => `${name}: ${id}`),
            ...(wide ? [`${name}: too wide`] : []),
          );
        };
        const device = await flow.begin(EVERYTHING);
        await page.goto(flow.pageUrl);
        await check('code');
        await type(page, 'bcdf-ghjk');
        await check('code that nobody waits with');
        await page.goto(device.verification_uri_complete!);
        await check('given code');
        await page.click('#device-submit');
        await check('sign-in');
        await pages.signIn(page);
        await check('question');
        for (const result of ['done', 'denied', 'expired']) {
          await page.goto(`${flow.pageUrl}/${result}`);
          await check(result);
        }
        expect(complaints).toEqual([]);
      });
    },
  );
});
