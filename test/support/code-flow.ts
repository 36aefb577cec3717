import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import type { Credentials } from './browser';
import { REDIRECT_URI, type TestClient } from './fixtures';
import { type Answer, basic, postForm, type Sent } from './http';
import { type HttpBrowser, type HttpPage, leaves, locationOf } from './http-browser';
import { type PreparedRequest, prepareRequest, relyingParty, type Tokens } from './stock-client';

/** A code that nobody has used yet, with what its request said. */
export interface GivenCode extends PreparedRequest {
  code: string;
  callback: URL;
}

/** Who asks for tokens, when it is not the application itself, which instance, and with what else. */
export type Asking = Partial<TestClient> & Pick<Sent, 'via' | 'headers'>;

/** The code flow of one application, its pages gone through without a screen; the client is openid-client. */
export class CodeFlow {
  private constructor(
    readonly tenant: Tenant,
    readonly app: TestClient,
    readonly config: openid.Configuration,
  ) {}

  static async of(tenant: Tenant, app: TestClient): Promise<CodeFlow> {
    return new CodeFlow(tenant, app, await relyingParty(tenant, app));
  }

  /** A parameter that is given as '' is left out. */
  request(parameters: Record<string, string> = {}): Promise<PreparedRequest> {
    return prepareRequest(this.config, parameters);
  }

  /** Signs in where that is asked for, allows everything, and takes the code. */
  async code(
    browser: HttpBrowser,
    { credentials, parameters }: { credentials?: Credentials; parameters?: Record<string, string> } = {},
  ): Promise<GivenCode> {
    const request = await this.request(parameters);
    const callback = callbackOf(await passThrough(browser, request.url, credentials));
    const code = callback.searchParams.get('code');
    if (!code) throw new Error(`no code: ${callback.href}`);
    return { ...request, callback, code };
  }

  /** As the library does it, with all of its checks. */
  tokens({ callback, checks }: GivenCode): Promise<Tokens> {
    return openid.authorizationCodeGrant(this.config, callback, checks);
  }

  /** By hand, for what the library would not send; a field that is given as '' is left out. */
  redeem(given: GivenCode, form: Record<string, string> = {}, other?: Asking): Promise<Answer> {
    const code_verifier = given.checks.pkceCodeVerifier ?? '';
    const asked = { grant_type: 'authorization_code', code: given.code, redirect_uri: REDIRECT_URI, code_verifier };
    return this.ask({ ...asked, ...form }, other);
  }

  /** By hand, with any token. */
  refresh(refresh_token: string, form: Record<string, string> = {}, other?: Asking): Promise<Answer> {
    return this.ask({ grant_type: 'refresh_token', refresh_token, ...form }, other);
  }

  private ask(form: Record<string, string>, other: Asking = {}): Promise<Answer> {
    const { client, secret } = { ...this.app, ...other };
    const all = { ...(secret === '' ? { client_id: client.client_id } : {}), ...form };
    const fields = Object.entries(all).filter(([, value]) => value !== '');
    const headers = { ...other.headers, ...(secret === '' ? {} : basic(client.client_id, secret)) };
    return postForm(`${this.tenant.issuer}/token`, fields, headers, other.via);
  }

  /** Whether a token still counts, by the library. */
  async isActive(token: string): Promise<boolean> {
    return (await openid.tokenIntrospection(this.config, token)).active;
  }
}

/** Goes through sign-in and consent as they come; returns the answer that leaves our pages, or the page that stays. */
export async function passThrough(
  browser: HttpBrowser,
  url: string | URL,
  credentials?: Credentials,
): Promise<HttpPage> {
  let page = await browser.open(String(url));
  for (let step = 0; step < 4; step += 1) {
    const form = [...page.forms.keys()].map((action) => action.slice(action.lastIndexOf('/') + 1));
    if (page.status !== 200) return page;
    if (form.includes('consent')) page = await browser.submit(page, 'consent', { decision: 'allow' });
    else if (form.includes('login') && credentials) page = await browser.submit(page, 'login', { ...credentials });
    else return page;
    if (page.status === 303 && !leaves(page)) page = await browser.open(locationOf(page).href);
  }
  return page;
}

/** Where the browser is sent; fails with what the page shows instead. */
export function callbackOf(page: HttpPage): URL {
  if (leaves(page)) return locationOf(page);
  throw new Error(`the client was not called; ${page.status} at ${page.url}:\n${page.body}`);
}
