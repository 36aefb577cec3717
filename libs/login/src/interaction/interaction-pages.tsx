import { Injectable } from '@nestjs/common';
import type { AuthenticatedSession, InteractionGone, InteractionView, RenderedPage } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { Csrf } from '../csrf';
import { DevicePages } from '../device/device-pages';
import { type PageContext, PageRenderer } from '../page-renderer';
import { appLink, appName } from '../pages/client-links';
import { ConsentPage } from '../pages/consent';
import type { FormTarget } from '../pages/frame';
import { GonePage } from '../pages/gone';
import { LoginPage, type LoginView } from '../pages/login';
import { consentWords } from './consent-view';
import {
  bindingOf,
  contextOf,
  formOf,
  type InteractionStep,
  type OpenInteraction,
  optionsOf,
  stepUrl,
} from './open-interaction';
import { NewPasswordPages } from './new-password-pages';
import { RegisterPages } from './register-pages';
import { retryAfterOf, statusOf, wordsOf } from './sign-in-words';
import type { SignInOutcome } from './sign-in.service';

/** Why a page is shown again. */
export type Again =
  { kind: 'renewed'; username?: string } | { kind: 'refused'; username: string; result: SignInOutcome };

/** Asked again not because it has to be the same user. */
const ANYBODY: ReadonlySet<InteractionView['reauthentication']> = new Set(['other_user', 'select_account', 'create']);

const GONE_STATUS = { expired: 410, browser: 403 } as const;

@Injectable()
export class InteractionPages {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly csrf: Csrf,
    private readonly devices: DevicePages,
    private readonly registration: RegisterPages,
    private readonly passwords: NewPasswordPages,
  ) {}

  /** The page that the request needs next, for the first time or again. */
  show(open: OpenInteraction, again?: Again): RenderedPage {
    const { consent, prompt, registration } = open.view;
    if (prompt === 'consent' && consent) return this.consent(open, consent, again);
    if (prompt === 'password') return this.passwords.show(open);
    return registration === 'asked' ? this.registration.show(open) : this.signIn(open, again);
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

  /** The sign-in page, also where the first page is another. */
  signIn(open: OpenInteraction, again?: Again): RenderedPage {
    const { view } = open;
    const result = again?.kind === 'refused' ? again.result : undefined;
    const status = again === undefined ? 200 : result ? statusOf(result) : 403;
    return this.renderer.render(contextOf(open), optionsOf(open, status, retryAfterOf(result)), (frame) => {
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
            register: view.registration && stepUrl(open, 'register'),
            again: view.reauthentication !== undefined && view.reauthentication !== 'create',
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
    return this.renderer.render(contextOf(open), optionsOf(open, again ? 403 : 200), (frame) => (
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

  private form(open: OpenInteraction, step: InteractionStep): FormTarget {
    return formOf(open, step, this.csrf.issue(bindingOf(open)));
  }
}

/** Who is asked again is likely to be the same; whom the request hints at goes first. */
function suggestedUsername({ view, session }: OpenInteraction): string {
  const isSame = !ANYBODY.has(view.reauthentication);
  return view.loginHint ?? (isSame ? session?.user.username : undefined) ?? '';
}
