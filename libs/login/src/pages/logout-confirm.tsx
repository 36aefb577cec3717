import type { VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';
import { Layout } from './layout';
import { Csrf, Heading } from './parts';

export interface LogoutConfirmView {
  form: FormTarget;
  /** Values of the logout request that the form carries on. */
  fields: Readonly<Record<string, string>>;
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
      <form method="post" action={view.form.action}>
        <Csrf value={view.form.csrf} />
        {Object.entries(view.fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
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
