import type { VNode } from 'preact';
import type { PageFrame } from '../src/pages/frame';
import { type RegisterField, RegisterPage, type RegisterView } from '../src/pages/register';

export function registerSamples(frame: PageFrame): Readonly<Record<string, VNode>> {
  const { texts } = frame;
  const view: RegisterView = {
    form: { action: '/interaction/0197/register', csrf: 'csrf-value' },
    cancel: { action: '/interaction/0197/cancel', csrf: 'csrf-value' },
    signIn: '/interaction/0197/sign-in',
    appName: 'Photo Library',
    minLength: 15,
    name: '',
    username: '',
    errors: {},
  };
  const errors = {
    name: texts.text('register.error.nameInvalid'),
    username: texts.text('register.error.usernameTaken'),
    password: texts.text('setup.error.passwordShort', { length: 15 }),
    passwordAgain: texts.text('setup.error.passwordMismatch'),
  } satisfies Record<RegisterField, string>;
  const page = (over: Partial<RegisterView>) => <RegisterPage frame={frame} view={{ ...view, ...over }} />;
  const typed = { name: 'Ada King', username: 'ada@northwind.example' };
  return {
    register: page({}),
    'register-errors': page({ ...typed, errors }),
    'register-delayed': page({ ...typed, alert: texts.text('login.error.delayed', { time: texts.duration(64) }) }),
  };
}
