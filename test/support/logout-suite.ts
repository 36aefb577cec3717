import type { LoggerService } from '@nestjs/common';
import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import * as openid from 'openid-client';
import type { Credentials } from './browser';
import { callbackOf, CodeFlow } from './code-flow';
import { createClient, createUser, POST_LOGOUT_REDIRECT_URI } from './fixtures';
import { HttpBrowser } from './http-browser';
import { startIdp, type TestIdp } from './idp';
import { LogoutReceiver } from './logout-receiver';
import type { Tokens } from './stock-client';

/** An application, and where it hears of logouts. */
export interface HearingApp {
  path: string;
  flow: CodeFlow;
}

/** A provider with a user, and applications that hear of logouts by back channel. */
export class LogoutSuite {
  readonly log: string[] = [];
  private paths = 0;

  private constructor(
    readonly receiver: LogoutReceiver,
    readonly idp: TestIdp,
    readonly tenant: Tenant,
    readonly ada: { user: User; credentials: Credentials },
  ) {}

  static async start(): Promise<LogoutSuite> {
    const log: string[] = [];
    const receiver = await LogoutReceiver.start();
    const idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: receiver.host }, logger: loggerInto(log) });
    const settings = { limits: { passwordPerAddressPerMinute: 1000 } };
    const tenant = await idp.createTenant({ slug: 'acme', settings });
    return Object.assign(new LogoutSuite(receiver, idp, tenant, await createUser(idp, tenant)), { log });
  }

  async close(): Promise<void> {
    await this.idp.close();
    await this.receiver.close();
  }

  async app(metadata: Partial<NewClient> = {}): Promise<HearingApp> {
    const path = `/backchannel_logout/${(this.paths += 1)}`;
    const heard = { backchannel_logout_uri: this.receiver.url(path), backchannel_logout_session_required: true };
    const client = await createClient(this.idp, this.tenant, { ...heard, consent: 'implicit', ...metadata });
    return { path, flow: await CodeFlow.of(this.tenant, client) };
  }

  async enter({ flow }: HearingApp, browser: HttpBrowser, credentials = this.ada.credentials): Promise<Tokens> {
    return flow.tokens(await flow.code(browser, { credentials }));
  }

  /** RP-initiated logout in the same browser; returns where it ends. */
  async logout({ flow }: HearingApp, browser: HttpBrowser, idToken: string): Promise<string> {
    const url = openid.buildEndSessionUrl(flow.config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI,
      state: 's1',
    });
    return callbackOf(await browser.open(url.href)).href;
  }

  /** Somebody enters and leaves. */
  async visit(app: HearingApp): Promise<void> {
    const browser = new HttpBrowser();
    await this.logout(app, browser, (await this.enter(app, browser)).id_token!);
  }
}

function loggerInto(log: string[]): LoggerService {
  const note = (...args: unknown[]): void => void log.push(args.map(String).join(' '));
  return { log: note, error: note, warn: note, debug: note, verbose: note, fatal: note };
}
