import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { CibaFlow, createAsker } from '../support/ciba-flow';
import { createApi } from '../support/fixtures';
import { HostedPages } from '../support/hosted-pages';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describe('hosted pages: requests from elsewhere', () => {
  let pages: HostedPages;
  let flow: CibaFlow;
  let url: string;

  beforeAll(async () => {
    pages = await HostedPages.start();
    const app = await createAsker(pages.idp, pages.tenant);
    await createApi(pages.idp, pages.tenant, [app.client]);
    flow = await CibaFlow.of(pages.idp, pages.tenant, app);
    url = `${pages.tenant.issuer}/requests`;
  });

  afterAll(() => pages?.close());

  const heading = (page: Page): Promise<string> => page.innerText('h1');
  const ask = (more: Record<string, string> = {}) => {
    // An hour later: nobody is asked too often.
    pages.idp.clock.forward(3601);
    return flow.begin({ login_hint: pages.credentials.username, ...more });
  };

  it.each([
    ['allow', true],
    ['deny', false],
  ])('CIBA Core §10 S-161 signs in, sees the message, and says %s without JavaScript', async (decision, isAllowed) => {
    const { auth_req_id } = await ask({ binding_message: 'W4SCT' });
    await pages.inBrowser({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url);
      expect(await heading(page)).toBe('Sign in');
      await pages.signIn(page, { ...pages.credentials, password: 'wrong but long enough' });
      expect(await page.innerText('#password-error')).toContain('is not right');
      await pages.signIn(page);
      expect(await heading(page)).toBe('An app asks for your approval');
      expect(await page.innerText('.message')).toBe('W4SCT');
      await page.click(`button[value=${decision}]`);
      expect(await page.innerText('.told')).toContain(isAllowed ? 'You have allowed it' : 'You have not allowed it');
      expect(await heading(page)).toBe('Nothing waits for you');
    });
    const told = (await flow.poll(auth_req_id)).json?.error;
    expect(told).toBe(isAllowed ? undefined : 'access_denied');
  });

  it.each(['light', 'dark'] as const)(
    'every page passes axe, keeps its policy and fits a phone (%s)',
    async (scheme) => {
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
        await ask({ scope: 'openid email api.read', binding_message: 'W4SCT' });
        await flow.begin({ login_hint: pages.credentials.username });
        await page.goto(url);
        await check('sign-in');
        await pages.signIn(page);
        await check('two requests');
        await page.click('button[value=allow]');
        await check('one answered');
        await page.click('button[value=deny]');
        await check('none left');
        expect(complaints).toEqual([]);
      });
    },
  );
});
