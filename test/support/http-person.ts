import type { BrowserContext } from 'playwright-core';
import { type Callback, callbackAt, type Credentials } from './callback';
import { HttpBrowser, type HttpPage, leaves, locationOf } from './http-browser';

/** Who goes through the pages, with a screen or without. */
export interface Visitor {
  readonly callbackCount: number;
  open(url: string | URL): Promise<unknown>;
  asksToSignIn(): Promise<boolean>;
  signIn(credentials: Credentials): Promise<unknown>;
  authorize(url: string | URL, credentials?: Credentials): Promise<Callback>;
  callbackAfter(count: number): Callback | Promise<Callback>;
}

/**
 * One person whose browser has no screen, for what the pages are not looked at: it reads what HTTP says and sends the
 * forms as they are. Whoever has signed in like this goes on in a browser with a screen by `lend`.
 */
export class HttpPerson implements Visitor {
  private readonly callbacks: Callback[] = [];
  private shown: HttpPage | undefined;

  constructor(readonly browser = new HttpBrowser()) {}

  /** What is in front now. */
  get page(): HttpPage {
    if (!this.shown) throw new Error('no page was opened');
    return this.shown;
  }

  get callbackCount(): number {
    return this.callbacks.length;
  }

  /** Opens an address and returns the answer that one ends at. */
  async open(url: string | URL): Promise<HttpPage> {
    return this.arrive(await this.browser.open(String(url)));
  }

  /** Sends a form of the page in front, and goes where that leads. */
  async submit(step: string, typed: Record<string, string> = {}): Promise<HttpPage> {
    const page = await this.browser.submit(this.page, step, typed);
    const isAway = page.status !== 303 || leaves(page);
    return this.arrive(isAway ? page : await this.browser.open(locationOf(page).href));
  }

  signIn(credentials: Credentials): Promise<HttpPage> {
    return this.submit('login', { ...credentials });
  }

  has(step: string): boolean {
    return [...this.page.forms.keys()].some((action) => action.endsWith(`/${step}`));
  }

  asksToSignIn(): Promise<boolean> {
    return Promise.resolve(this.page.body.includes('id="login-submit"'));
  }

  /** Goes through everything that an authorization request shows, and returns how the client was called. */
  async authorize(url: string | URL, credentials?: Credentials): Promise<Callback> {
    const before = this.callbackCount;
    await this.open(url);
    for (let step = 0; step < 4 && this.callbackCount === before; step += 1) await this.proceed(credentials);
    return this.callbackAfter(before);
  }

  /** The call of the client that came after `count` others; fails with what the page shows instead. */
  callbackAfter(count: number): Callback {
    const callback = this.callbacks[count];
    if (callback) return callback;
    throw new Error(`the client was not called; ${this.page.status} at ${this.page.url}:\n${this.page.body}`);
  }

  /** The browser with a screen has the cookies that the site has set in this one. */
  lend(context: BrowserContext, site: string): Promise<void> {
    return context.addCookies(this.browser.cookiesOf(site));
  }

  /** Somebody who has the cookies of a browser with a screen, as they are now. */
  static async like(context: BrowserContext, site: string): Promise<HttpPerson> {
    const person = new HttpPerson();
    for (const { name, value } of await context.cookies(site)) person.browser.jar.set(name, value);
    return person;
  }

  private async proceed(credentials: Credentials | undefined): Promise<void> {
    if (this.has('consent')) await this.submit('consent', { decision: 'allow' });
    else if (this.has('login') && !credentials) {
      throw new Error('a sign-in page was shown, and no credentials were expected to be needed');
    } else if (this.has('login')) await this.signIn(credentials!);
  }

  /** A redirect to the client calls it, and so does the form of form_post, which a script or a click sends. */
  private arrive(page: HttpPage): HttpPage {
    this.shown = page;
    if (leaves(page)) this.callbacks.push(callbackAt('GET', locationOf(page)));
    const [, action] = /<form method="post" action="([^"]+)" data-autosubmit/.exec(page.body) ?? [];
    if (action === undefined) return page;
    const [[address, fields]] = [...page.forms] as [[string, Record<string, string>]];
    this.callbacks.push(callbackAt('POST', new URL(address), new URLSearchParams(fields).toString()));
    return page;
  }
}
