/** @spec OAuth 2.1 §7.5.3 — what a sign-in that came to nothing tells: the same for known and unknown users (S-136). */
import type { PageFrame } from '../pages/frame';
import type { LoginView } from '../pages/login';
import type { SignInOutcome } from './sign-in.service';

const STATUS: Readonly<Record<SignInOutcome['outcome'], number>> = {
  proved: 200,
  missing: 400,
  refused: 400,
  disabled: 400,
  delayed: 429,
  busy: 503,
};

export function statusOf({ outcome }: SignInOutcome): number {
  return STATUS[outcome];
}

/** Whole seconds, for `Retry-After`. */
export function retryAfterOf(result: SignInOutcome | undefined): number | undefined {
  return result && 'retryAfterSeconds' in result ? Math.max(1, Math.ceil(result.retryAfterSeconds)) : undefined;
}

export function wordsOf(result: SignInOutcome, { texts, tenant }: PageFrame): Partial<LoginView> {
  const time = texts.duration(retryAfterOf(result) ?? 1);
  switch (result.outcome) {
    case 'proved':
      return {};
    case 'missing':
      return {
        usernameError: result.fields.includes('username') ? texts.text('login.error.usernameMissing') : undefined,
        passwordError: result.fields.includes('password') ? texts.text('login.error.passwordMissing') : undefined,
      };
    case 'refused':
      return { passwordError: texts.text('login.error.invalid'), credentialsWrong: true };
    case 'disabled':
      return { alert: texts.text('login.error.disabled', { tenant: tenant.name }) };
    case 'delayed':
      return { alert: texts.text('login.error.delayed', { time }) };
    case 'busy':
      return { alert: texts.text('login.error.busy', { time }) };
  }
}
