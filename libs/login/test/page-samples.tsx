import type { VNode } from 'preact';
import type { Texts } from '../src/i18n/texts';
import { accentColours } from '../src/pages/accent';
import { ConsentPage, type ConsentView } from '../src/pages/consent';
import { ERROR_REASONS, ErrorPage } from '../src/pages/error';
import { FormPostPage } from '../src/pages/form-post';
import type { PageFrame } from '../src/pages/frame';
import { GonePage } from '../src/pages/gone';
import { HomePage } from '../src/pages/home';
import { LoginPage, type LoginView } from '../src/pages/login';
import { LogoutConfirmPage } from '../src/pages/logout-confirm';
import { type SetupField, SetupGonePage, SetupPage, type SetupView } from '../src/pages/setup';
import { SignedOutPage } from '../src/pages/signed-out';
import { deviceSamples, requestSamples } from './elsewhere-samples';
import { newPasswordSamples } from './new-password-samples';
import { registerSamples } from './register-samples';

/** Every page in every state worth looking at, for the specs and for pictures. */
export type Samples = Readonly<Record<string, VNode>>;

export function sampleFrame(texts: Texts, over: Partial<PageFrame['tenant']> = {}): PageFrame {
  return {
    texts,
    tenant: { name: 'Northwind', home: '/t/northwind/', accent: accentColours('#2456c5'), ...over },
    assets: {
      stylesheet: '/assets/login.css',
      script: '/assets/login.js',
      mark: '/assets/mark.svg',
      checkSession: '/assets/check.js',
    },
    nonces: { script: 'script-nonce', style: 'style-nonce' },
  };
}

const ID = '0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071';

const target = (action: string) => ({ action: `/interaction/0197/${action}`, csrf: 'csrf-value' });

const login: LoginView = {
  form: target('login'),
  cancel: target('cancel'),
  appName: 'Photo Library',
  again: false,
  username: '',
  credentialsWrong: false,
};

function consent(texts: Texts): ConsentView {
  const scope = (name: 'openid' | 'profile' | 'email' | 'offline_access') => ({
    name: texts.text(`scope.${name}.name`),
    description: texts.text(`scope.${name}.description`),
    sensitive: false,
  });
  return {
    form: target('consent'),
    shown: 'shown-value',
    user: 'ada@northwind.example',
    app: {
      name: 'Photo Library',
      origin: 'admin',
      host: 'photos.example.com',
      website: 'https://photos.example.com/',
      policy: 'https://photos.example.com/privacy',
      terms: 'https://photos.example.com/terms',
    },
    groups: [
      { scopes: [scope('profile'), scope('email')] },
      {
        api: 'Northwind Orders',
        scopes: [
          { name: 'Read orders', description: 'Lists your orders with their items and prices.', sensitive: false },
          { name: 'Place orders', description: 'Orders in your name.', sensitive: true },
        ],
      },
    ],
    more: false,
    lifetime: { kind: 'session', seconds: 300 },
  };
}

function loginSamples(frame: PageFrame): Samples {
  const { texts } = frame;
  const page = (view: Partial<LoginView>) => <LoginPage frame={frame} view={{ ...login, ...view }} />;
  return {
    login: page({}),
    'login-again': page({ again: true, username: 'ada@northwind.example' }),
    'login-invalid': page({
      username: 'ada@northwind.example',
      credentialsWrong: true,
      passwordError: texts.text('login.error.invalid'),
    }),
    'login-missing': page({
      usernameError: texts.text('login.error.usernameMissing'),
      passwordError: texts.text('login.error.passwordMissing'),
    }),
    'login-delayed': page({
      username: 'ada',
      alert: texts.text('login.error.delayed', { time: texts.duration(64) }),
    }),
    'login-busy': page({ username: 'ada', alert: texts.text('login.error.busy', { time: texts.duration(5) }) }),
    'login-device': page({ isDevice: true }),
    'login-renewed': page({ username: 'ada', alert: texts.text('form.renewed') }),
    'login-register': page({ register: '/interaction/0197/register' }),
  };
}

function consentSamples(frame: PageFrame): Samples {
  const base = consent(frame.texts);
  const page = (view: Partial<ConsentView>) => <ConsentPage frame={frame} view={{ ...base, ...view }} />;
  const offline = { kind: 'offline', idleSeconds: 86_400, seconds: 14 * 86_400 } as const;
  return {
    consent: page({}),
    'consent-more': page({ more: true, groups: base.groups.slice(1), lifetime: offline }),
    'consent-self-registered': page({
      app: { name: 'Quick Import', origin: 'self', host: 'import.example.net' },
      groups: base.groups.slice(0, 1),
    }),
    'consent-metadata': page({
      app: {
        name: 'Notes',
        origin: 'metadata',
        host: 'notes.example.net',
        documentHost: 'apps.example.net',
        logo: '/t/northwind/client-logo?client_id=notes&v=0123',
      },
    }),
    'consent-renewed': page({ alert: frame.texts.text('form.renewed') }),
    'consent-device': page({
      app: { name: 'Living Room', origin: 'admin' },
      groups: base.groups.slice(0, 1),
      device: { code: 'WDJB-MJHT', ip: '203.0.113.7', ageSeconds: 75 },
    }),
    'consent-device-self-registered': page({
      app: { name: 'Living Room', origin: 'self' },
      groups: base.groups.slice(0, 1),
      device: { code: 'WDJB-MJHT', ip: '203.0.113.7', ageSeconds: 75 },
    }),
    'consent-built-in': page({ app: { name: 'Portal', origin: 'built-in', host: 'id.example.com' } }),
  };
}

function setupSamples(frame: PageFrame): Samples {
  const { texts } = frame;
  const view: SetupView = {
    form: { action: '/setup', csrf: 'csrf-value' },
    token: 'setup-token',
    email: '',
    username: '',
    minLength: 15,
    errors: {},
  };
  const errors = {
    email: texts.text('setup.error.emailInvalid'),
    username: texts.text('setup.error.usernameMissing'),
    password: texts.text('setup.error.passwordShort', { length: 15 }),
    passwordAgain: texts.text('setup.error.passwordMismatch'),
  } satisfies Record<SetupField, string>;
  return {
    setup: <SetupPage frame={frame} view={view} />,
    'setup-errors': <SetupPage frame={frame} view={{ ...view, email: 'ada', errors }} />,
    'setup-gone': <SetupGonePage frame={frame} />,
  };
}

function leavingSamples(frame: PageFrame): Samples {
  const app = { name: 'Photo Library', href: 'https://photos.example.com/' };
  const user = 'ada@northwind.example';
  const logout = { action: '/logout', confirmation: 'confirmation-value', user, stay: '/t/northwind/' };
  return {
    'logout-confirm': <LogoutConfirmPage frame={frame} view={logout} />,
    'logout-confirm-app': <LogoutConfirmPage frame={frame} view={{ ...logout, appName: app.name }} />,
    'signed-out': <SignedOutPage frame={frame} view={{ frames: [] }} />,
    'signed-out-app': <SignedOutPage frame={frame} view={{ app, frames: [] }} />,
    'signed-out-onward': (
      <SignedOutPage
        frame={frame}
        view={{ frames: ['https://photos.example.com/bye?sid=1'], continueTo: 'https://photos.example.com/done' }}
      />
    ),
    'form-post': (
      <FormPostPage
        frame={frame}
        view={{ action: 'https://photos.example.com/cb', fields: { code: 'tac_1', state: 'xyz' }, appName: app.name }}
      />
    ),
    'gone-expired': <GonePage frame={frame} view={{ cause: 'expired' }} />,
    'gone-expired-app': <GonePage frame={frame} view={{ cause: 'expired', app }} />,
    'gone-signed-in': <GonePage frame={frame} view={{ cause: 'expired', user, app }} />,
    'gone-browser': <GonePage frame={frame} view={{ cause: 'browser' }} />,
    home: <HomePage frame={frame} view={{ signOut: '/logout' }} />,
    'home-signed-in': <HomePage frame={frame} view={{ user, signOut: '/logout' }} />,
  };
}

function errorSamples(frame: PageFrame): Samples {
  const app = { name: 'Photo Library', href: 'https://photos.example.com/' };
  const pages = ERROR_REASONS.map((reason) => [
    `error-${reason}`,
    <ErrorPage key={reason} frame={frame} view={{ reason, requestId: ID, retryAfterSeconds: 5 }} />,
  ]);
  const view = {
    reason: 'invalid_redirect_uri',
    requestId: ID,
    detail: 'invalid_redirect_uri: redirect_uri is not registered for this application',
  } as const;
  const onward = { host: 'import.example.net', href: 'https://import.example.net/cb?error=invalid_scope' };
  return {
    ...(Object.fromEntries(pages) as Samples),
    'error-app': <ErrorPage frame={frame} view={{ ...view, app }} />,
    'error-onward': <ErrorPage frame={frame} view={{ ...view, onward }} />,
  };
}

export function samples(frame: PageFrame): Samples {
  return {
    ...loginSamples(frame),
    ...registerSamples(frame),
    ...newPasswordSamples(frame),
    ...consentSamples(frame),
    ...deviceSamples(frame),
    ...requestSamples(frame, consent(frame.texts).groups),
    ...setupSamples(frame),
    ...leavingSamples(frame),
    ...errorSamples(frame),
  };
}
