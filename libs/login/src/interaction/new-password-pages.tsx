import { Injectable } from '@nestjs/common';
import type { RenderedPage } from '@tokenidp/oauth';
import { Csrf } from '../csrf';
import { PageRenderer } from '../page-renderer';
import { appName } from '../pages/client-links';
import { NewPasswordPage } from '../pages/new-password';
import { type NewPasswordAgain, newPasswordStatus, newPasswordWait, newPasswordWords } from './new-password-words';
import { bindingOf, contextOf, formOf, type OpenInteraction, optionsOf } from './open-interaction';

@Injectable()
export class NewPasswordPages {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly csrf: Csrf,
  ) {}

  show(open: OpenInteraction, again?: NewPasswordAgain): RenderedPage {
    const { view, tenant, session } = open;
    const csrf = this.csrf.issue(bindingOf(open));
    const options = optionsOf(open, newPasswordStatus(again), newPasswordWait(again));
    return this.renderer.render(contextOf(open), options, (frame) => (
      <NewPasswordPage
        frame={frame}
        view={{
          form: formOf(open, 'password', csrf),
          cancel: formOf(open, 'cancel', csrf),
          appName: appName(view.client, frame.texts.locale),
          isDevice: view.device !== undefined,
          user: session?.user.username ?? '',
          ...newPasswordWords(tenant, again, frame),
        }}
      />
    ));
  }
}
