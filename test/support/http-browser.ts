/** One page as HTTP sees it. */
export interface HttpPage {
  readonly status: number;
  readonly headers: Headers;
  readonly url: string;
  readonly body: string;
  /** every Set-Cookie of this answer */
  readonly cookies: readonly string[];
  /** names and values of the page's hidden fields, by the form's action */
  readonly forms: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** As a browser with a screen takes it over. */
export interface LentCookie {
  name: string;
  value: string;
  url: string;
  secure: boolean;
  httpOnly: boolean;
  sameSite: 'Lax' | 'None' | 'Strict';
}

/** A browser without a screen: keeps cookies, follows nothing by itself, sends the forms it was shown. */
export class HttpBrowser {
  readonly jar = new Map<string, string>();
  /** of each cookie in the jar, the header that set it */
  private readonly headers = new Map<string, string>();

  /** Another way to the server than its public URL, see `fetchAt`. */
  constructor(private readonly fetch: typeof globalThis.fetch = globalThis.fetch) {}

  get(url: string, headers: Record<string, string> = {}): Promise<HttpPage> {
    return this.send(url, { headers });
  }

  /** Follows redirects as long as they stay at the same host. */
  async open(url: string): Promise<HttpPage> {
    let page = await this.get(url);
    for (let hop = 0; hop < 5 && page.status === 303; hop += 1) {
      const next = new URL(page.headers.get('location')!, url);
      if (next.origin !== new URL(url).origin) return page;
      page = await this.get(next.href);
    }
    return page;
  }

  post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<HttpPage> {
    return this.send(url, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Sends a form of the page: its hidden fields and what is typed in. */
  submit(page: HttpPage, step: string, typed: Record<string, string> = {}, headers = {}): Promise<HttpPage> {
    const [action, hidden] = [...page.forms].find(([each]) => each.endsWith(`/${step}`)) ?? [];
    if (!action) throw new Error(`no form for ${step} at ${page.url}:\n${page.body}`);
    return this.post(new URL(action, page.url).href, { ...hidden, ...typed }, headers);
  }

  /** What the site has set here and the jar still holds, with every attribute that it was set with. */
  cookiesOf(site: string): LentCookie[] {
    const set = [...this.jar].filter(([name]) => this.headers.has(name));
    return set.map(([name, value]) => {
      const header = this.headers.get(name)!;
      const [, sameSite = 'Lax'] = /; *samesite=(\w+)/i.exec(header) ?? [];
      return {
        ...{ name, value, url: new URL('/', site).href },
        secure: /; *secure/i.test(header),
        httpOnly: /; *httponly/i.test(header),
        sameSite: sameSite as LentCookie['sameSite'],
      };
    });
  }

  private async send(url: string, init: RequestInit & { headers: Record<string, string> }): Promise<HttpPage> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie ? { cookie } : {}), ...init.headers };
    const response = await this.fetch(url, { ...init, headers, redirect: 'manual' });
    const cookies = response.headers.getSetCookie();
    for (const each of cookies) this.keep(each);
    const body = await response.text();
    return { status: response.status, headers: response.headers, url, body, cookies, forms: formsOf(body) };
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/max-age=0/i.test(cookie)) this.jar.delete(name);
    else this.jar.set(name, value);
    this.headers.set(name, cookie);
  }
}

function formsOf(body: string): Map<string, Record<string, string>> {
  const forms = [...body.matchAll(/<form[^>]* action="([^"]+)"[^>]*>(.*?)<\/form>/gs)];
  return new Map(
    forms.map(([, action, inside]) => {
      const hidden = [...inside!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      return [unescaped(action!), Object.fromEntries(hidden.map(([, name, value]) => [name!, unescaped(value!)]))];
    }),
  );
}

function unescaped(attribute: string): string {
  const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return attribute.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_entity, name: string) => characters[name]!);
}

/** Where a redirect leads to. */
export function locationOf(page: HttpPage): URL {
  return new URL(page.headers.get('location')!, page.url);
}

/** Whether a redirect leads away from our pages. */
export function leaves(page: HttpPage): boolean {
  return page.status === 303 && locationOf(page).origin !== new URL(page.url).origin;
}
