import { readFileSync } from 'node:fs';
import { TenantsService } from '@tokenidp/tenancy';
import { PasswordChanges, UsersService } from '@tokenidp/users';
import type { Page } from 'playwright-core';
import { type TestClient } from '../support/fixtures';
import { HostedPages } from '../support/hosted-pages';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describe('hosted pages: for everybody', () => {
  let pages: HostedPages;
  let app: TestClient;

  beforeAll(async () => {
    pages = await HostedPages.start();
    app = await pages.newApp('Photos');
  });

  afterAll(() => pages?.close());

  const heading = (page: Page): Promise<string> => page.innerText('h1');

  it.each(['query', 'form_post'])('the whole way works without JavaScript (%s)', async (response_mode) => {
    const other = await pages.newApp(`No script ${response_mode}`);
    await pages.inBrowser({ javaScriptEnabled: false }, async (page) => {
      await page.goto(pages.authorizeUrl(other, { response_mode }));
      expect(await page.locator('.toggle').isVisible()).toBe(false);
      await pages.signIn(page);
      await page.click('#consent-allow');
      if (response_mode === 'form_post') await page.click('button[type=submit]');
      expect((await pages.arrival(page)).has('code')).toBe(true);
      expect(pages.site.method).toBe(response_mode === 'form_post' ? 'POST' : 'GET');
    });
  });

  it('with JavaScript form_post sends itself, and the password can be shown', async () => {
    const other = await pages.newApp('Script');
    await pages.inBrowser({}, async (page) => {
      await page.goto(pages.authorizeUrl(other, { response_mode: 'form_post' }));
      await page.fill('[name=password]', 'visible');
      await page.click('.toggle');
      expect(await page.getAttribute('[name=password]', 'type')).toBe('text');
      expect(await page.getAttribute('.toggle', 'aria-label')).toBe('Hide password');
      await page.click('.toggle');
      expect(await page.getAttribute('[name=password]', 'type')).toBe('password');
      await pages.signIn(page);
      await page.click('#consent-allow');
      expect((await pages.arrival(page)).has('code')).toBe(true);
      expect(pages.site.method).toBe('POST');
    });
  });

  it.each([
    ['de', { locale: 'en-US' }, { ui_locales: 'xx de' }, 'Anmelden'],
    ['de', { locale: 'de-AT' }, {}, 'Anmelden'],
    ['en', { locale: 'fr-FR' }, {}, 'Sign in'],
  ])('speaks %s to %j with %j', async (lang, options, parameters, expected) => {
    await pages.inBrowser(options, async (page) => {
      await page.goto(pages.authorizeUrl(app, parameters as Record<string, string>));
      expect(await page.getAttribute('html', 'lang')).toBe(lang);
      expect(await heading(page)).toBe(expected);
    });
  });

  it.each(['light', 'dark'] as const)(
    'every page passes axe, keeps its policy and fits a phone (%s)',
    async (colorScheme) => {
      const other = await pages.newApp(`Accessible ${colorScheme}`);
      const viewport = { width: 390, height: 844 };
      await pages.inBrowser({ colorScheme, viewport, bypassCSP: false }, async (page) => {
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
        await page.goto(pages.authorizeUrl(other));
        await check('sign-in');
        await page.click('#login-submit');
        await check('sign-in with errors');
        await pages.signIn(page);
        await check('consent');
        await page.click('#consent-allow');
        await page.waitForSelector('#arrived');
        await page.goto(`${pages.tenant.issuer}/`);
        await check('home');
        await page.goto(`${pages.tenant.issuer}/interaction/none`);
        await check('gone');
        await page.goto(`${pages.tenant.issuer}/authorize?client_id=none`);
        await check('error');
        await page.goto(`${pages.tenant.issuer}/logout`);
        await check('logout');
        await page.click('#logout-confirm');
        await check('signed out');
        await page.goto(`${pages.idp.origin}/setup?token=none`);
        await check('set-up link that is gone');
        await pages.idp.get(TenantsService).updateSettings(pages.tenant.id, { userRegistration: 'open' });
        await page.goto(pages.authorizeUrl(other, { prompt: 'create' }));
        await check('registration');
        await page.click('#register-submit');
        await check('registration with errors');
        await page.click('#register-sign-in');
        await check('sign-in with a way to register');
        const { id } = (await pages.idp.get(UsersService).findByLogin(pages.tenant.id, pages.credentials.username))!;
        await pages.idp.get(PasswordChanges).expire(pages.tenant, id);
        await page.goto(pages.authorizeUrl(other));
        await pages.signIn(page);
        await check('new password');
        await page.click('#new-password-submit');
        await check('new password with errors');
        await pages.idp.get(UsersService).setPassword(pages.tenant, id, pages.credentials.password);
        expect(complaints).toEqual([]);
      });
    },
  );
});
