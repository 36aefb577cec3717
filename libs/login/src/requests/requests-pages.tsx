import { Injectable } from '@nestjs/common';
import type { AuthenticatedSession, BackchannelRequestView, RenderedPage } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyRequest } from 'fastify';
import { Csrf, type CsrfBinding } from '../csrf';
import type { Texts } from '../i18n/texts';
import { groupWords } from '../interaction/consent-view';
import { retryAfterOf, statusOf, wordsOf } from '../interaction/sign-in-words';
import type { Again } from '../interaction/interaction-pages';
import {
  type NewPasswordAgain,
  newPasswordStatus,
  newPasswordWait,
  newPasswordWords,
} from '../interaction/new-password-words';
import { PageRenderer } from '../page-renderer';
import { appName } from '../pages/client-links';
import { LoginPage } from '../pages/login';
import { NewPasswordPage } from '../pages/new-password';
import { RequestsPage, type RequestsView, type WaitingRequest } from '../pages/requests';

export interface RequestsCall {
  tenant: Tenant;
  request: FastifyRequest;
  /** hash of what the browser holds: a form counts from there alone */
  browser: string;
}

export interface WaitingRequests {
  session: AuthenticatedSession;
  waiting: BackchannelRequestView[];
  /** how the last answer ended */
  told?: RequestsView['told'];
  /** the form was not from this page */
  isRenewed?: boolean;
}

@Injectable()
export class RequestsPages {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly csrf: Csrf,
  ) {}

  binding({ tenant, browser }: RequestsCall): CsrfBinding {
    return { tenant, subject: 'requests', secret: browser };
  }

  list(call: RequestsCall, { session, waiting, told, isRenewed }: WaitingRequests): RenderedPage {
    const { tenant, request } = call;
    const csrf = this.csrf.issue(this.binding(call));
    return this.renderer.render({ tenant, request }, { status: isRenewed ? 403 : 200 }, (frame) => (
      <RequestsPage
        frame={frame}
        view={{
          user: session.user.username,
          told,
          alert: isRenewed ? frame.texts.text('form.renewed') : undefined,
          waiting: waiting.map((each) => inWords(each, frame.texts, { tenant, csrf })),
        }}
      />
    ));
  }

  newPassword(call: RequestsCall, { user }: AuthenticatedSession, again?: NewPasswordAgain): RenderedPage {
    const { tenant, request } = call;
    const options = { status: newPasswordStatus(again), headers: retryHeaders(newPasswordWait(again)) };
    return this.renderer.render({ tenant, request }, options, (frame) => (
      <NewPasswordPage
        frame={frame}
        view={{
          form: { action: `${tenant.basePath}/requests/password`, csrf: this.csrf.issue(this.binding(call)) },
          ...{ appName: tenant.displayName, user: user.username },
          ...newPasswordWords(tenant, again, frame),
        }}
      />
    ));
  }

  /** `session`: of the user who is signed in, and not as it is needed. */
  login(call: RequestsCall, again?: Again, session?: AuthenticatedSession | null): RenderedPage {
    const { tenant, request } = call;
    const result = again?.kind === 'refused' ? again.result : undefined;
    const status = again === undefined ? 200 : result ? statusOf(result) : 403;
    const headers = retryHeaders(retryAfterOf(result));
    return this.renderer.render({ tenant, request }, { status, headers }, (frame) => (
      <LoginPage
        frame={frame}
        view={{
          form: { action: `${tenant.basePath}/requests/login`, csrf: this.csrf.issue(this.binding(call)) },
          ...{ appName: tenant.displayName, again: Boolean(session), credentialsWrong: false },
          username: again?.username ?? session?.user.username ?? '',
          ...(result ? wordsOf(result, frame) : { alert: again && frame.texts.text('form.renewed') }),
        }}
      />
    ));
  }
}

function retryHeaders(seconds: number | undefined): Record<string, string> | undefined {
  return seconds === undefined ? undefined : { 'retry-after': String(seconds) };
}

function inWords(
  { id, client, bindingMessage, groups, ageSeconds }: BackchannelRequestView,
  texts: Texts,
  { tenant, csrf }: { tenant: Tenant; csrf: string },
): WaitingRequest {
  return {
    ...{ id, ageSeconds, message: bindingMessage ?? undefined, app: appName(client, texts.locale) },
    form: { action: `${tenant.basePath}/requests/${id}`, csrf },
    groups: groups.map((group) => groupWords(group, texts)),
  };
}
