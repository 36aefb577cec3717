import type { VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';
import { Layout } from './layout';
import { Alert, Csrf, Field, Heading, WayOn } from './parts';

export interface SetupView {
  form: FormTarget;
  /** The one-time token; it stays in the form's body, out of the address. */
  token: string;
  email: string;
  username: string;
  minLength: number;
  alert?: string;
  errors: Partial<Record<SetupField, string>>;
}

export const SETUP_FIELDS = ['email', 'username', 'password', 'passwordAgain'] as const;
export type SetupField = (typeof SETUP_FIELDS)[number];

export function SetupPage({ frame, view }: { frame: PageFrame; view: SetupView }): VNode {
  const { texts } = frame;
  return (
    <Layout frame={frame} title="setup.title">
      <Heading lead={texts.text('setup.lead')}>{texts.text('setup.heading')}</Heading>
      {view.alert ? <Alert>{view.alert}</Alert> : null}
      <form method="post" action={view.form.action} noValidate>
        <Csrf value={view.form.csrf} />
        <input type="hidden" name="token" value={view.token} />
        <SetupFields frame={frame} view={view} />
        <div class="actions">
          <button class="button primary" type="submit" id="setup-submit">
            {texts.text('setup.submit')}
          </button>
        </div>
      </form>
    </Layout>
  );
}

function SetupFields({ frame, view }: { frame: PageFrame; view: SetupView }): VNode {
  const { texts } = frame;
  const first = SETUP_FIELDS.find((name) => view.errors[name]) ?? 'email';
  const field = (name: SetupField) => ({
    frame,
    name,
    label: texts.text(`setup.${name}`),
    error: view.errors[name],
    autofocus: first === name,
  });
  const hint = texts.text('setup.passwordHint', { length: view.minLength });
  return (
    <>
      <Field {...field('email')} type="email" autocomplete="email" value={view.email} />
      <Field {...field('username')} autocomplete="username" value={view.username} />
      <Field {...field('password')} type="password" autocomplete="new-password" hint={hint} />
      <Field {...field('passwordAgain')} type="password" autocomplete="new-password" />
    </>
  );
}

/** The link was used, is too old, or never was one. */
export function SetupGonePage({ frame }: { frame: PageFrame }): VNode {
  const { texts, tenant } = frame;
  return (
    <Layout frame={frame} title="setup.gone.title">
      <Heading lead={texts.text('setup.gone.lead')}>{texts.text('setup.gone.heading')}</Heading>
      <WayOn href={tenant.home}>{texts.text('gone.wayHome', { tenant: tenant.name })}</WayOn>
    </Layout>
  );
}
