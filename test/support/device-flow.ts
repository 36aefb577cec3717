import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { DeviceAuthorizationResponse } from 'oauth4webapi';
import * as openid from 'openid-client';
import type { Credentials } from './browser';
import { passThrough } from './code-flow';
import { createClient, type TestClient } from './fixtures';
import { type Answer, postForm, type Sent } from './http';
import { type HttpBrowser, type HttpPage } from './http-browser';
import type { TestIdp } from './idp';
import { relyingParty } from './stock-client';

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** An app on a device that has no browser, unless its metadata says otherwise. */
export function createDevice(idp: TestIdp, tenant: Tenant, metadata: Partial<NewClient> = {}): Promise<TestClient> {
  return createClient(idp, tenant, {
    type: 'device',
    client_name: 'Television',
    redirect_uris: undefined,
    post_logout_redirect_uris: undefined,
    grant_types: [DEVICE_CODE, 'refresh_token'],
    ...metadata,
  });
}

/** The device flow of one client: the device is openid-client, its user has a browser without a screen. */
export class DeviceFlow {
  private constructor(
    readonly tenant: Tenant,
    readonly app: TestClient,
    readonly config: openid.Configuration,
  ) {}

  static async of(tenant: Tenant, app: TestClient): Promise<DeviceFlow> {
    return new DeviceFlow(tenant, app, await relyingParty(tenant, app));
  }

  get pageUrl(): string {
    return `${this.tenant.issuer}/device`;
  }

  begin(parameters: Record<string, string> = { scope: 'openid' }): Promise<DeviceAuthorizationResponse> {
    return openid.initiateDeviceAuthorization(this.config, parameters);
  }

  /** One poll by hand, which the library would repeat. */
  poll(device_code: string, form: Record<string, string> = {}, via?: Sent['via']): Promise<Answer> {
    const all = { grant_type: DEVICE_CODE, client_id: this.app.client.client_id, device_code, ...form };
    return postForm(`${this.tenant.issuer}/token`, all, {}, via);
  }

  /** Types a code into the page; the answer is not followed. */
  async type(browser: HttpBrowser, user_code: string, headers: Record<string, string> = {}): Promise<HttpPage> {
    return browser.submit(await browser.open(this.pageUrl), 'device', { user_code }, headers);
  }

  /** Types the code, and opens what it leads to. */
  async enter(browser: HttpBrowser, user_code: string): Promise<HttpPage> {
    const answer = await this.type(browser, user_code);
    if (answer.status !== 303) throw new Error(`the code was not taken: ${answer.status}\n${answer.body}`);
    return browser.open(answer.headers.get('location')!);
  }

  /** Types the code, signs in where that is asked for, and allows everything; returns the page at the end. */
  async approve(browser: HttpBrowser, user_code: string, credentials?: Credentials): Promise<HttpPage> {
    const page = await this.enter(browser, user_code);
    return passThrough(browser, page.url, credentials);
  }

  /** Types the code, signs in, and says no. */
  async deny(browser: HttpBrowser, user_code: string, credentials: Credentials): Promise<HttpPage> {
    let page = await this.enter(browser, user_code);
    if ([...page.forms.keys()].some((action) => action.endsWith('/login'))) {
      page = await browser.submit(page, 'login', { ...credentials });
      page = await browser.open(page.headers.get('location')!);
    }
    const answer = await browser.submit(page, 'consent', { decision: 'deny' });
    return browser.open(answer.headers.get('location')!);
  }
}
