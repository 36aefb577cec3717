import { Injectable } from '@nestjs/common';
import type { Parameters, RenderedPage } from '@tokenidp/oauth';
import { Csrf } from '../csrf';
import type { Texts } from '../i18n/texts';
import { PageRenderer } from '../page-renderer';
import { appName } from '../pages/client-links';
import { REGISTER_FIELDS, RegisterPage, type RegisterView } from '../pages/register';
import { bindingOf, contextOf, formOf, type OpenInteraction, optionsOf, stepUrl } from './open-interaction';
import type { RegisterOutcome } from './register.service';

/** Why the page is shown again. */
export type RegisterAgain =
  | { kind: 'renewed'; form: Parameters }
  | { kind: 'refused'; form: Parameters; result: Exclude<RegisterOutcome, { outcome: 'registered' }> };

const STATUS = { refused: 400, delayed: 429, busy: 503 } as const;

@Injectable()
export class RegisterPages {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly csrf: Csrf,
  ) {}

  show(open: OpenInteraction, again?: RegisterAgain): RenderedPage {
    const { view, tenant } = open;
    const csrf = this.csrf.issue(bindingOf(open));
    const options = optionsOf(open, statusOf(again), retryAfterOf(again));
    return this.renderer.render(contextOf(open), options, (frame) => (
      <RegisterPage
        frame={frame}
        view={{
          form: formOf(open, 'register', csrf),
          cancel: formOf(open, 'cancel', csrf),
          signIn: stepUrl(open, 'sign-in'),
          appName: appName(view.client, frame.texts.locale),
          isDevice: view.device !== undefined,
          minLength: tenant.settings.password.minLength,
          name: again?.form.get('name') ?? '',
          username: again?.form.get('username') ?? view.loginHint ?? '',
          alert: alertOf(again, frame.texts),
          errors: errorsOf(open, again, frame.texts),
        }}
      />
    ));
  }
}

function statusOf(again: RegisterAgain | undefined): number {
  if (!again) return 200;
  return again.kind === 'renewed' ? 403 : STATUS[again.result.outcome];
}

function retryAfterOf(again: RegisterAgain | undefined): number | undefined {
  if (again?.kind !== 'refused' || again.result.outcome === 'refused') return undefined;
  return Math.max(1, Math.ceil(again.result.retryAfterSeconds));
}

function alertOf(again: RegisterAgain | undefined, texts: Texts): string | undefined {
  if (again?.kind === 'renewed') return texts.text('form.renewed');
  if (!again || again.result.outcome === 'refused') return undefined;
  const time = texts.duration(retryAfterOf(again) ?? 1);
  return texts.text(again.result.outcome === 'busy' ? 'login.error.busy' : 'login.error.delayed', { time });
}

function errorsOf({ tenant }: OpenInteraction, again: RegisterAgain | undefined, texts: Texts): RegisterView['errors'] {
  if (again?.kind !== 'refused' || again.result.outcome !== 'refused') return {};
  const { errors } = again.result;
  const words = { length: tenant.settings.password.minLength, tenant: tenant.displayName };
  const told = REGISTER_FIELDS.flatMap((field) => (errors[field] ? [[field, texts.text(errors[field], words)]] : []));
  return Object.fromEntries(told) as RegisterView['errors'];
}
