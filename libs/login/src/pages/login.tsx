import type { VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';
import { Layout } from './layout';
import { Alert, CancelForm, Csrf, Field, Heading, OtherWay } from './parts';

export interface LoginView {
  form: FormTarget;
  /** Absent where there is nothing to go back to. */
  cancel?: FormTarget;
  /** Address of the page for people without an account, where they may make one. */
  register?: string;
  appName: string;
  /** A device waits, and no app that one could go back to. */
  isDevice?: boolean;
  /** The user has a session and is asked again (prompt=login, max_age). */
  again: boolean;
  /** As typed before, or the request's login_hint. */
  username: string;
  /** About the whole form. */
  alert?: string;
  usernameError?: string;
  /** Also the place for "username or password wrong", which marks both fields. */
  passwordError?: string;
  credentialsWrong: boolean;
}

export function LoginPage({ frame, view }: { frame: PageFrame; view: LoginView }): VNode {
  const { texts } = frame;
  const app = <strong>{view.appName}</strong>;
  const passwordFirst = view.username !== '' && !view.usernameError;
  return (
    <Layout frame={frame} title="login.title">
      <Heading lead={texts.rich(view.again ? 'login.leadAgain' : 'login.lead', { app })}>
        {texts.text('login.heading')}
      </Heading>
      {view.alert ? <Alert>{view.alert}</Alert> : null}
      <form method="post" action={view.form.action} noValidate>
        <Csrf value={view.form.csrf} />
        <Field
          frame={frame}
          name="username"
          label={texts.text('login.username')}
          autocomplete="username"
          value={view.username}
          error={view.usernameError}
          invalid={view.credentialsWrong}
          autofocus={!passwordFirst}
        />
        <Field
          frame={frame}
          name="password"
          type="password"
          label={texts.text('login.password')}
          autocomplete="current-password"
          error={view.passwordError}
          autofocus={passwordFirst}
        />
        <div class="actions">
          <button class="button primary" type="submit" id="login-submit">
            {texts.text('login.submit')}
          </button>
        </div>
      </form>
      {view.register ? (
        <OtherWay ask={texts.text('login.newHere')} href={view.register} id="login-register">
          {texts.text('login.register')}
        </OtherWay>
      ) : null}
      {view.cancel ? (
        <CancelForm target={view.cancel} id="login-cancel">
          {texts.text(view.isDevice ? 'login.cancelDevice' : 'login.cancel', { app: view.appName })}
        </CancelForm>
      ) : null}
    </Layout>
  );
}
