import type { VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';
import { Layout } from './layout';
import { Alert, CancelForm, Csrf, Field, Heading, OtherWay } from './parts';

export interface RegisterView {
  form: FormTarget;
  cancel: FormTarget;
  /** Address of the sign-in page, for whoever has an account. */
  signIn: string;
  appName: string;
  /** A device waits, and no app that one could go back to. */
  isDevice?: boolean;
  minLength: number;
  name: string;
  username: string;
  /** About the whole form. */
  alert?: string;
  errors: Partial<Record<RegisterField, string>>;
}

export const REGISTER_FIELDS = ['name', 'username', 'password', 'passwordAgain'] as const;
export type RegisterField = (typeof REGISTER_FIELDS)[number];

/** @spec Initiating User Registration §4 — where a person without an account makes one, and goes on to the app. */
export function RegisterPage({ frame, view }: { frame: PageFrame; view: RegisterView }): VNode {
  const { texts } = frame;
  const app = <strong>{view.appName}</strong>;
  return (
    <Layout frame={frame} title="register.title">
      <Heading lead={texts.rich('register.lead', { app })}>{texts.text('register.heading')}</Heading>
      {view.alert ? <Alert>{view.alert}</Alert> : null}
      <form method="post" action={view.form.action} noValidate>
        <Csrf value={view.form.csrf} />
        <RegisterFields frame={frame} view={view} />
        <div class="actions">
          <button class="button primary" type="submit" id="register-submit">
            {texts.text('register.submit')}
          </button>
        </div>
      </form>
      <OtherWay ask={texts.text('register.haveAccount')} href={view.signIn} id="register-sign-in">
        {texts.text('register.signIn')}
      </OtherWay>
      <CancelForm target={view.cancel} id="register-cancel">
        {texts.text(view.isDevice ? 'login.cancelDevice' : 'login.cancel', { app: view.appName })}
      </CancelForm>
    </Layout>
  );
}

function RegisterFields({ frame, view }: { frame: PageFrame; view: RegisterView }): VNode {
  const { texts } = frame;
  const first = REGISTER_FIELDS.find((name) => view.errors[name]) ?? 'name';
  const field = (name: RegisterField) => ({
    frame,
    name,
    label: texts.text(`register.${name}`),
    error: view.errors[name],
    autofocus: first === name,
  });
  const hint = texts.text('setup.passwordHint', { length: view.minLength });
  return (
    <>
      <Field {...field('name')} autocomplete="name" value={view.name} />
      <Field {...field('username')} autocomplete="username" value={view.username} />
      <Field {...field('password')} type="password" autocomplete="new-password" hint={hint} />
      <Field {...field('passwordAgain')} type="password" autocomplete="new-password" />
    </>
  );
}
