import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
  type Request,
  type Response,
} from 'playwright-core';
import { type Callback, callbackAt, type Credentials } from './callback';
import type { Visitor } from './http-person';

export type { Callback, Credentials } from './callback';

/** The first is Chromium without windows, which costs a third. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/**
 * Chromium of the machine; `npm test` installs it where it can.
 * @param hosts where a name is (`host:port`); certificates of such a place are not looked at
 */
export function launchBrowser(hosts: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const places = Object.entries(hosts).map(([name, place]) => `MAP ${name} ${place}, `);
  const executablePath = PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error(`no Chromium at ${PLACES.join(', ')}`);
  return chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      // Sites of clients have no server: what is sent there is seen, and fails at once and once.
      ...[`--host-resolver-rules=${places.join('')}MAP *.example ~NOTFOUND`, '--disable-auto-reload'],
      ...(places.length > 0 ? ['--ignore-certificate-errors'] : []),
      // A name of the tests leads to this machine; a page that embeds it is not to ask for leave.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
}

/** A page of the client's site that is opened without an answer. */
const START = '/start';
const CLIENT_PAGE = '<!doctype html><title>Client</title><p>the client</p>';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** One person at one browser: cookies of its own, and a client's site that remembers how it was called. */
export class Person implements Visitor {
  private readonly callbacks: Callback[] = [];
  private arrival: Promise<void> = Promise.resolve();

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly clientOrigin: string,
  ) {}

  /** `clientOrigin` is where the client's site is: it exists in this browser only. */
  static async at(
    browser: Browser,
    clientOrigin = 'https://client.example',
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Person> {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    const person = new Person(context, await context.newPage(), clientOrigin);
    // A route never sees what a redirect leads to, an event does.
    context.on('request', (request) => person.receive(request));
    await context.route(`${clientOrigin}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: CLIENT_PAGE }),
    );
    return person;
  }

  /** Opens an address and returns the answer of the page one ends at. */
  async open(url: string | URL): Promise<Response> {
    const response = await this.page.goto(String(url));
    if (!response) throw new Error(`no answer from ${String(url)}`);
    return response;
  }

  async asksToSignIn(): Promise<boolean> {
    return (await this.page.locator('#login-submit').count()) === 1;
  }

  /** Signs in on the page that is shown. */
  async signIn({ username, password }: Credentials): Promise<void> {
    await this.page.fill('[name=username]', username);
    await this.page.fill('[name=password]', password);
    await this.page.click('#login-submit');
  }

  /** Goes through everything that an authorization request shows, and returns how the client was called. */
  async authorize(url: string | URL, credentials?: Credentials): Promise<Callback> {
    return this.through(() => this.open(url), credentials);
  }

  /** The same with the request sent as a form of the client's site. */
  async authorizeByPost(url: URL, credentials?: Credentials): Promise<Callback> {
    return this.through(() => this.post(url), credentials);
  }

  /** Posts the parameters of an address to it, from a page of the client's site. */
  async post(url: URL): Promise<void> {
    const inputs = [...url.searchParams].map(([name, value]) => `<input name="${name}" value="${escaped(value)}">`);
    await this.page.goto(`${this.clientOrigin}${START}`);
    await this.page.setContent(
      `<form method="post" action="${url.origin}${url.pathname}">${inputs.join('')}<button>Go</button></form>`,
    );
    await this.page.click('button');
  }

  private async through(start: () => Promise<unknown>, credentials: Credentials | undefined): Promise<Callback> {
    const before = this.callbacks.length;
    try {
      await start();
    } catch (error) {
      if (this.callbacks.length === before) throw error;
    }
    for (let step = 0; step < 5 && this.callbacks.length === before; step += 1) await this.proceed(credentials);
    return this.callbackAfter(before);
  }

  /** The call of the client that came after `count` others; fails with what the page shows instead. */
  async callbackAfter(count: number): Promise<Callback> {
    for (let wait = 0; wait < 250 && this.callbacks.length === count; wait += 1) await this.page.waitForTimeout(20);
    const callback = this.callbacks[count];
    await this.arrival;
    if (callback) return callback;
    throw new Error(`the client was not called; at ${this.page.url()}:\n${await this.page.innerText('body')}`);
  }

  /** The call of the client's page at this address, sooner or later. */
  async leavesFor(address: string): Promise<Callback> {
    const isThere = ({ url }: Callback): boolean => `${url.origin}${url.pathname}` === address;
    for (let wait = 0; wait < 500 && !this.callbacks.some(isThere); wait += 1) await this.page.waitForTimeout(20);
    const callback = this.callbacks.find(isThere);
    await this.arrival;
    if (callback) return callback;
    throw new Error(`the browser did not go on; at ${this.page.url()}`);
  }

  get callbackCount(): number {
    return this.callbacks.length;
  }

  /** Does what the page in front asks for: sign in, allow, or wait for a form that sends itself. */
  private async proceed(credentials: Credentials | undefined): Promise<void> {
    if (await this.page.locator('#login-submit').count()) {
      if (!credentials) throw new Error('a sign-in page was shown, and no credentials were expected to be needed');
      await this.signIn(credentials);
    } else if (await this.page.locator('#consent-allow').count()) {
      await this.page.click('#consent-allow');
    } else {
      await this.page.waitForTimeout(50);
    }
  }

  /** The client's page, or that it has none: what is opened before that would be interrupted by it. */
  private async hasArrived(): Promise<void> {
    const predicate = (frame: Frame): boolean =>
      frame.url().startsWith('chrome-error:') || frame.url().startsWith(`${this.clientOrigin}/`);
    await this.page.waitForEvent('framenavigated', { predicate, timeout: 10_000 }).catch(() => undefined);
  }

  private receive(request: Request): void {
    const url = new URL(request.url());
    if (url.origin !== this.clientOrigin || url.pathname === START || !request.isNavigationRequest()) return;
    this.callbacks.push(callbackAt(request.method() as Callback['method'], url, request.postData()));
    this.arrival = this.hasArrived();
  }
}
