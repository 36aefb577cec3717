import type { VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';
import { Layout } from './layout';
import { Alert, CancelForm, Csrf, Field, Heading } from './parts';

export interface NewPasswordView {
  form: FormTarget;
  /** Absent where there is nothing to go back to. */
  cancel?: FormTarget;
  appName: string;
  /** A device waits, and no app that one could go back to. */
  isDevice?: boolean;
  /** Who has to do it; managers keep the new password under this name. */
  user: string;
  minLength: number;
  /** About the whole form. */
  alert?: string;
  errors: Partial<Record<NewPasswordField, string>>;
}

export const NEW_PASSWORD_FIELDS = ['password', 'newPassword', 'newPasswordAgain'] as const;
export type NewPasswordField = (typeof NEW_PASSWORD_FIELDS)[number];

/** @spec NIST SP 800-63B-4 §3.1.1.2 — where a user replaces a password that may not be used any longer. */
export function NewPasswordPage({ frame, view }: { frame: PageFrame; view: NewPasswordView }): VNode {
  const { texts } = frame;
  return (
    <Layout frame={frame} title="newPassword.title">
      <Heading lead={texts.rich('newPassword.lead', { user: <strong>{view.user}</strong> })}>
        {texts.text('newPassword.heading')}
      </Heading>
      {view.alert ? <Alert>{view.alert}</Alert> : null}
      <form method="post" action={view.form.action} noValidate>
        <Csrf value={view.form.csrf} />
        <input type="hidden" name="username" value={view.user} autocomplete="username" />
        <NewPasswordFields frame={frame} view={view} />
        <div class="actions">
          <button class="button primary" type="submit" id="new-password-submit">
            {texts.text('newPassword.submit')}
          </button>
        </div>
      </form>
      {view.cancel ? (
        <CancelForm target={view.cancel} id="new-password-cancel">
          {texts.text(view.isDevice ? 'login.cancelDevice' : 'login.cancel', { app: view.appName })}
        </CancelForm>
      ) : null}
    </Layout>
  );
}

function NewPasswordFields({ frame, view }: { frame: PageFrame; view: NewPasswordView }): VNode {
  const { texts } = frame;
  const first = NEW_PASSWORD_FIELDS.find((name) => view.errors[name]) ?? 'password';
  const field = (name: NewPasswordField) => ({
    frame,
    name,
    type: 'password' as const,
    label: texts.text(`newPassword.${name}`),
    autocomplete: name === 'password' ? 'current-password' : 'new-password',
    error: view.errors[name],
    autofocus: first === name,
  });
  return (
    <>
      <Field {...field('password')} />
      <Field {...field('newPassword')} hint={texts.text('setup.passwordHint', { length: view.minLength })} />
      <Field {...field('newPasswordAgain')} />
    </>
  );
}
