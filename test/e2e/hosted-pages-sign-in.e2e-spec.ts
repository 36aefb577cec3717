import { SetupService } from '@tokenidp/login';
import type { Page } from 'playwright-core';
import { createUser, type TestClient } from '../support/fixtures';
import { HostedPages } from '../support/hosted-pages';

describe('hosted pages: signing in and out', () => {
  let pages: HostedPages;
  let app: TestClient;

  beforeAll(async () => {
    pages = await HostedPages.start();
    app = await pages.newApp('Photos');
  });

  afterAll(() => pages?.close());

  const heading = (page: Page): Promise<string> => page.innerText('h1');

  it('a wrong password is told next to its field, the name is kept, and the right one goes on to consent and the app', async () => {
    await pages.inBrowser({}, async (page) => {
      await page.goto(pages.authorizeUrl(app));
      expect(await page.evaluate('document.activeElement.name')).toBe('username');
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await pages.signIn(page, { ...pages.credentials, password: 'wrong but long enough' });
      expect((await answered).status()).toBe(400);
      expect(await page.inputValue('[name=username]')).toBe(pages.credentials.username);
      expect(await page.inputValue('[name=password]')).toBe('');
      expect(await page.getAttribute('[name=password]', 'aria-invalid')).toBe('true');
      expect(await page.innerText('#password-error')).toContain('is not right');
      await pages.signIn(page);
      expect(await heading(page)).toBe('Allow Photos to use your account?');
      await page.click('#consent-allow');
      const parameters = await pages.arrival(page);
      expect(parameters.get('code')).toMatch(/^tac_/);
      expect(parameters.get('state')).toBe('state-1');
    });
  });

  it('whoever turns away goes back to the app with access_denied', async () => {
    const other = await pages.newApp('Unwanted');
    await pages.inBrowser({}, async (page, context) => {
      await page.goto(pages.authorizeUrl(other));
      await page.click('#login-cancel');
      expect((await pages.arrival(page)).get('error')).toBe('access_denied');
      await pages.admit(context);
      await page.goto(pages.authorizeUrl(other));
      await page.click('#consent-deny');
      expect((await pages.arrival(page)).get('error')).toBe('access_denied');
    });
  });

  it('a user who is asked again signs in again, and may be somebody else', async () => {
    const other = await pages.newApp('Again');
    const { credentials: bob } = await createUser(pages.idp, pages.tenant, { username: 'bob' });
    await pages.inBrowser({}, async (page, context) => {
      await pages.admit(context, other);
      await page.goto(pages.authorizeUrl(other, { prompt: 'login' }));
      expect(await page.innerText('.lead')).toBe('Again asks you to sign in again.');
      expect(await page.inputValue('[name=username]')).toBe(pages.credentials.username);
      await pages.signIn(page, bob);
      await page.click('#consent-allow');
      await pages.arrival(page);
      await page.goto(`${pages.tenant.issuer}/`);
      expect(await page.innerText('.lead')).toBe('You are signed in as bob.');
    });
  });

  it('signing out asks, says what is done, and is done', async () => {
    const other = await pages.newApp('Leaving');
    await pages.inBrowser({}, async (page, context) => {
      await pages.admit(context, other);
      const back = encodeURIComponent(`${pages.site.origin}/left`);
      await page.goto(
        `${pages.tenant.issuer}/logout?client_id=${other.client.client_id}&post_logout_redirect_uri=${back}`,
      );
      expect(await page.innerText('.lead')).toBe('Leaving asks to sign you out. You are signed in as ada.');
      await page.click('#logout-confirm');
      await pages.arrival(page);
      await page.goto(`${pages.tenant.issuer}/logout`);
      expect(await heading(page)).toBe('You are signed out');
      await page.goto(pages.authorizeUrl(other));
      expect(await heading(page)).toBe('Sign in');
    });
  });

  it('the set-up link makes the first administrator, who is signed in, and works once', async () => {
    const link = (await pages.idp.get(SetupService).createLink())!;
    await pages.inBrowser({}, async (page) => {
      await page.goto(link);
      const fill = async (password: string, again: string): Promise<void> => {
        await page.fill('[name=email]', 'root@example.com');
        await page.fill('[name=username]', 'root');
        await page.fill('[name=password]', password);
        await page.fill('[name=passwordAgain]', again);
        await page.click('#setup-submit');
      };
      await fill('too short', 'too short');
      expect(await page.innerText('#password-error')).toBe('Use at least 15 characters.');
      await fill('an entirely unrelated sentence', 'another one');
      expect(await page.innerText('#passwordAgain-error')).toBe('The two passwords are not the same.');
      expect(await page.inputValue('[name=email]')).toBe('root@example.com');
      await fill('an entirely unrelated sentence', 'an entirely unrelated sentence');
      expect(await page.innerText('.lead')).toBe('You are signed in as root.');
      expect((await page.goto(link))?.status()).toBe(410);
    });
    expect(await pages.idp.get(SetupService).createLink()).toBeNull();
  });
});
