import type { Tenant } from '@tokenidp/tenancy';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Credentials, launchBrowser } from './browser';
import { ClientSite } from './client-site';
import { createClient, createUser, REDIRECT_URI, type TestClient } from './fixtures';
import { HttpPerson } from './http-person';
import { startIdp, type TestIdp } from './idp';

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** A tenant with a user, apps with a site of their own, and people at browsers. */
export class HostedPages {
  private house: TestClient | undefined;

  private constructor(
    readonly idp: TestIdp,
    readonly site: ClientSite,
    readonly browser: Browser,
    private readonly home: { tenant: Tenant; credentials: Credentials },
  ) {}

  get tenant(): Tenant {
    return this.home.tenant;
  }

  get credentials(): Credentials {
    return this.home.credentials;
  }

  static async start(): Promise<HostedPages> {
    const [idp, site, browser] = await Promise.all([startIdp(), ClientSite.open(), launchBrowser()]);
    const tenant = await idp.createTenant({ slug: 'acme', displayName: 'Acme' });
    const { credentials } = await createUser(idp, tenant);
    return new HostedPages(idp, site, browser, { tenant, credentials });
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.site.close();
    await this.idp.close();
  }

  /** An app that nobody has allowed anything yet. */
  newApp(name: string): Promise<TestClient> {
    return createClient(this.idp, this.tenant, {
      client_name: name,
      client_uri: 'https://client.example/',
      redirect_uris: [`${this.site.origin}/callback`],
      post_logout_redirect_uris: [`${this.site.origin}/left`],
    });
  }

  authorizeUrl({ client }: TestClient, parameters: Record<string, string> = {}): string {
    const url = new URL(`${this.tenant.issuer}/authorize`);
    const all = {
      client_id: client.client_id,
      redirect_uri: `${this.site.origin}/callback`,
      response_type: 'code',
      scope: 'openid profile email',
      state: 'state-1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return url.href;
  }

  /** In a context of its own, so that cookies and settings are too. */
  async inBrowser<T>(
    options: Parameters<Browser['newContext']>[0],
    work: (page: Page, context: BrowserContext) => Promise<T>,
  ): Promise<T> {
    const context = await this.browser.newContext({ locale: 'en-US', ...options });
    try {
      return await work(await context.newPage(), context);
    } finally {
      await context.close();
    }
  }

  async signIn(page: Page, { username, password } = this.credentials): Promise<void> {
    await page.fill('[name=username]', username);
    await page.fill('[name=password]', password);
    await page.click('#login-submit');
  }

  /** Waits until the browser is at the app, and returns what it brought along. */
  async arrival(page: Page): Promise<URLSearchParams> {
    await page.waitForSelector('#arrived');
    return this.site.parameters;
  }

  /** Signs in where nobody looks, and with an app allows what it asks for: the context has the session afterwards. */
  async admit(context: BrowserContext, client?: TestClient): Promise<void> {
    const visitor = new HttpPerson();
    this.house ??= await createClient(this.idp, this.tenant, { consent: 'implicit', redirect_uris: [REDIRECT_URI] });
    const url = this.authorizeUrl(client ?? this.house, client ? {} : { redirect_uri: REDIRECT_URI });
    await visitor.authorize(url, this.credentials);
    await visitor.lend(context, this.tenant.issuer);
  }

  /** Signs in at an app and allows what it asks for. */
  async enter(page: Page, client: TestClient): Promise<void> {
    await page.goto(this.authorizeUrl(client));
    await this.signIn(page);
    await page.click('#consent-allow');
    await this.arrival(page);
  }
}
