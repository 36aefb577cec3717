import type { VNode } from 'preact';
import type { PageFrame } from './frame';
import { Layout } from './layout';
import { Heading } from './parts';

export interface LogoutConfirmView {
  action: string;
  /** Proves that this page was shown to this session; doubles as the anti-forgery value. */
  confirmation: string;
  user: string;
  /** The app that asks, when it is known. */
  appName?: string;
  /** Where "stay signed in" leads. */
  stay: string;
}

export function LogoutConfirmPage({ frame, view }: { frame: PageFrame; view: LogoutConfirmView }): VNode {
  const { texts, tenant } = frame;
  const user = <strong>{view.user}</strong>;
  const lead = view.appName
    ? texts.rich('logout.leadApp', { app: <strong>{view.appName}</strong>, user })
    : texts.rich('logout.lead', { user });
  return (
    <Layout frame={frame} title="logout.title">
      <Heading lead={lead}>{texts.text('logout.heading', { tenant: tenant.name })}</Heading>
      <form method="post" action={view.action}>
        <input type="hidden" name="confirmation" value={view.confirmation} />
        <div class="actions pair">
          <button class="button primary" type="submit" id="logout-confirm">
            {texts.text('logout.confirm')}
          </button>
          <a class="button" href={view.stay}>
            {texts.text('logout.stay')}
          </a>
        </div>
      </form>
    </Layout>
  );
}
