import { Injectable } from '@nestjs/common';
import type { AuthenticatedSession, InteractionGone, InteractionView, RenderedPage } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyRequest } from 'fastify';
import { readCookie } from '../cookies';
import { Csrf, type CsrfBinding } from '../csrf';
import { DevicePages } from '../device/device-pages';
import { type PageContext, PageRenderer } from '../page-renderer';
import { appLink, appName } from '../pages/client-links';
import { ConsentPage } from '../pages/consent';
import type { FormTarget } from '../pages/frame';
import { GonePage } from '../pages/gone';
import { LoginPage, type LoginView } from '../pages/login';
import { consentWords } from './consent-view';
import { retryAfterOf, statusOf, wordsOf } from './sign-in-words';
import type { SignInOutcome } from './sign-in.service';

/** A pending request as one browser sees it. */
export interface OpenInteraction {
  tenant: Tenant;
  request: FastifyRequest;
  session: AuthenticatedSession | null;
  view: InteractionView;
}

/** Why a page is shown again. */
export type Again =
  { kind: 'renewed'; username?: string } | { kind: 'refused'; username: string; result: SignInOutcome };

const GONE_STATUS = { expired: 410, browser: 403 } as const;

@Injectable()
export class InteractionPages {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly csrf: Csrf,
    private readonly devices: DevicePages,
  ) {}

  /** What an anti-forgery value of the interaction's forms is bound to. */
  binding({ tenant, request, view }: OpenInteraction): CsrfBinding {
    return { tenant, subject: `interaction:${view.id}`, secret: readCookie(tenant, request, 'ix') };
  }

  /** The page that the request needs next, for the first time or again. */
  show(open: OpenInteraction, again?: Again): RenderedPage {
    return open.view.prompt === 'consent' && open.view.consent
      ? this.consent(open, open.view.consent, again)
      : this.login(open, again);
  }

  gone(
    context: PageContext & { tenant: Tenant },
    gone: InteractionGone,
    session: AuthenticatedSession | null,
  ): RenderedPage {
    const { tenant } = context;
    if (gone.isDevice) return this.devices.result(context, 'expired');
    return this.renderer.render(context, { status: GONE_STATUS[gone.gone] }, (frame) => (
      <GonePage
        frame={frame}
        view={{
          cause: gone.gone,
          user: gone.gone === 'expired' ? session?.user.username : undefined,
          app: appLink(tenant, gone.client, frame.texts.locale),
        }}
      />
    ));
  }

  private login(open: OpenInteraction, again: Again | undefined): RenderedPage {
    const { view } = open;
    const result = again?.kind === 'refused' ? again.result : undefined;
    const status = again === undefined ? 200 : result ? statusOf(result) : 403;
    return this.renderer.render(contextOf(open), this.options(open, status, retryAfterOf(result)), (frame) => {
      const words: Partial<LoginView> = result
        ? wordsOf(result, frame)
        : { alert: again && frame.texts.text('form.renewed') };
      return (
        <LoginPage
          frame={frame}
          view={{
            form: this.form(open, 'login'),
            cancel: this.form(open, 'cancel'),
            appName: appName(view.client, frame.texts.locale),
            isDevice: view.device !== undefined,
            again: view.reauthentication !== undefined,
            username: again?.username ?? suggestedUsername(open),
            credentialsWrong: false,
            ...words,
          }}
        />
      );
    });
  }

  private consent(
    open: OpenInteraction,
    consent: NonNullable<InteractionView['consent']>,
    again: Again | undefined,
  ): RenderedPage {
    return this.renderer.render(contextOf(open), this.options(open, again ? 403 : 200), (frame) => (
      <ConsentPage
        frame={frame}
        view={{
          ...consentWords(open.view, { consent, tenant: open.tenant }, frame.texts),
          form: this.form(open, 'consent'),
          user: open.session?.user.username ?? '',
          alert: again && frame.texts.text('form.renewed'),
        }}
      />
    ));
  }

  private options({ view }: OpenInteraction, status: number, retryAfterSeconds?: number) {
    const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) };
    return { status, headers, formTargets: view.redirectUri === undefined ? [] : [view.redirectUri] };
  }

  private form(open: OpenInteraction, step: 'login' | 'consent' | 'cancel'): FormTarget {
    const action = `${open.tenant.basePath}/interaction/${open.view.id}/${step}`;
    return { action, csrf: this.csrf.issue(this.binding(open)) };
  }
}

function contextOf({ tenant, request, view }: OpenInteraction): PageContext {
  return { tenant, request, uiLocales: view.uiLocales };
}

/** Who is asked again is likely to be the same; whom the request hints at goes first. */
function suggestedUsername({ view, session }: OpenInteraction): string {
  const isSame = view.reauthentication !== 'other_user' && view.reauthentication !== 'select_account';
  return view.loginHint ?? (isSame ? session?.user.username : undefined) ?? '';
}
