import type { Page } from 'playwright-core';
import { type TestClient } from '../support/fixtures';
import { HostedPages } from '../support/hosted-pages';

describe('hosted pages: no dead ends', () => {
  let pages: HostedPages;
  let app: TestClient;

  beforeAll(async () => {
    pages = await HostedPages.start();
    app = await pages.newApp('Photos');
  });

  afterEach(() => pages.idp.clock.reset());

  afterAll(() => pages?.close());

  const heading = (page: Page): Promise<string> => page.innerText('h1');

  it('a second tab goes on to its own app, whether it is reloaded or its form is sent', async () => {
    await pages.inBrowser({}, async (first, context) => {
      const [second, third] = [await context.newPage(), await context.newPage()];
      const [one, two, three] = await Promise.all([pages.newApp('One'), pages.newApp('Two'), pages.newApp('Three')]);
      await first.goto(pages.authorizeUrl(one, { state: 'one' }));
      await second.goto(pages.authorizeUrl(two, { state: 'two' }));
      await third.goto(pages.authorizeUrl(three, { state: 'three' }));
      await pages.signIn(first);
      await second.reload();
      expect(await heading(second)).toBe('Allow Two to use your account?');
      await pages.signIn(third);
      expect(await heading(third)).toBe('Allow Three to use your account?');
      for (const [page, state] of [
        [first, 'one'],
        [second, 'two'],
        [third, 'three'],
      ] as const) {
        await page.click('#consent-allow');
        expect((await pages.arrival(page)).get('state')).toBe(state);
      }
    });
  });

  it('the back button leads to a page that knows the user and the way back to the app', async () => {
    const other = await pages.newApp('Back');
    await pages.inBrowser({}, async (page) => {
      await pages.enter(page, other);
      await page.goBack();
      expect(await heading(page)).toBe('You are already signed in');
      expect(await page.innerText('.lead')).toContain('ada');
      expect(await page.getAttribute('a.button', 'href')).toBe('https://client.example/');
    });
  });

  it('an expired link, another browser and made-up links each have a way on', async () => {
    await pages.inBrowser({}, async (page) => {
      await page.goto(pages.authorizeUrl(app));
      const interaction = page.url();
      await pages.inBrowser({}, async (other) => {
        expect((await other.goto(interaction))?.status()).toBe(403);
        expect(await heading(other)).toBe('Continue where you started');
        await other.click('a.button');
        expect(await heading(other)).toBe('Welcome to Acme');
      });
      pages.idp.clock.forward(1801);
      expect((await page.goto(interaction))?.status()).toBe(410);
      expect(await heading(page)).toBe('This sign-in page has expired');
      expect(await page.getAttribute('a.button', 'href')).toBe('https://client.example/');
      for (const path of ['nonsense', '0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071', '%00']) {
        expect((await page.goto(`${pages.tenant.issuer}/interaction/${path}`))?.status()).toBe(410);
        expect(await page.getAttribute('a.button', 'href')).toBe('/t/acme/');
      }
    });
  });

  it('a form that waited too long is answered with the page of what is left', async () => {
    await pages.inBrowser({}, async (page) => {
      await page.goto(pages.authorizeUrl(app));
      pages.idp.clock.forward(1801);
      await pages.signIn(page);
      expect(await heading(page)).toBe('This sign-in page has expired');
    });
  });

  it('bookmarks of pages and of form addresses lead somewhere useful', async () => {
    await pages.inBrowser({}, async (page) => {
      for (const path of ['login', 'consent', 'interaction']) {
        await page.goto(`${pages.tenant.issuer}/${path}`);
        expect(page.url()).toBe(`${pages.tenant.issuer}/`);
        expect(await heading(page)).toBe('Welcome to Acme');
      }
      await page.goto(pages.authorizeUrl(app));
      const interaction = page.url();
      await page.goto(`${interaction}/login`);
      expect(page.url()).toBe(interaction);
      expect(await heading(page)).toBe('Sign in');
    });
  });
});
