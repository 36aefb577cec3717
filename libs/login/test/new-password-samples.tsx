import type { VNode } from 'preact';
import type { PageFrame } from '../src/pages/frame';
import { type NewPasswordField, NewPasswordPage, type NewPasswordView } from '../src/pages/new-password';

export function newPasswordSamples(frame: PageFrame): Readonly<Record<string, VNode>> {
  const { texts } = frame;
  const view: NewPasswordView = {
    form: { action: '/interaction/0197/password', csrf: 'csrf-value' },
    cancel: { action: '/interaction/0197/cancel', csrf: 'csrf-value' },
    appName: 'Photo Library',
    user: 'ada@northwind.example',
    minLength: 15,
    errors: {},
  };
  const errors = {
    password: texts.text('newPassword.error.passwordWrong'),
    newPassword: texts.text('newPassword.error.same'),
    newPasswordAgain: texts.text('setup.error.passwordMismatch'),
  } satisfies Record<NewPasswordField, string>;
  const missing = { password: texts.text('newPassword.error.passwordMissing') };
  const page = (over: Partial<NewPasswordView>) => <NewPasswordPage frame={frame} view={{ ...view, ...over }} />;
  return {
    'new-password': page({}),
    'new-password-errors': page({ errors }),
    'new-password-missing': page({ errors: missing, isDevice: true }),
    'new-password-delayed': page({ alert: texts.text('login.error.delayed', { time: texts.duration(64) }) }),
  };
}
