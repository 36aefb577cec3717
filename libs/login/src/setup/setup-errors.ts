import type { PasswordRefusal, UsersError } from '@tokenidp/users';
import type { Parameters } from '@tokenidp/oauth';
import type { TextKey } from '../i18n/texts';
import type { SetupField } from '../pages/setup';

/** What is wrong with the form, field by field. */
export type SetupErrors = Partial<Record<SetupField, TextKey>>;

/** What can be said without asking anybody. */
export function errorsOfForm(form: Parameters): SetupErrors {
  const errors: SetupErrors = {};
  if (!form.has('email')) errors.email = 'setup.error.emailMissing';
  if (!form.has('username')) errors.username = 'setup.error.usernameMissing';
  if (!form.has('password')) errors.password = 'setup.error.passwordMissing';
  else if (form.get('password') !== form.get('passwordAgain')) errors.passwordAgain = 'setup.error.passwordMismatch';
  return errors;
}

const REFUSALS: Readonly<Record<PasswordRefusal, TextKey>> = {
  'too-short': 'setup.error.passwordShort',
  'too-long': 'setup.error.passwordLong',
  malformed: 'setup.error.passwordCommon',
  common: 'setup.error.passwordCommon',
  personal: 'setup.error.passwordPersonal',
  repetitive: 'setup.error.passwordCommon',
};

/** What to say of a password that the policy refuses. */
export function passwordError(detail: string): TextKey {
  return REFUSALS[detail as PasswordRefusal] ?? 'setup.error.passwordCommon';
}

/** What the users' rules refuse; undefined when it has nothing to do with the form. */
export function errorsOfUser({ kind, fields }: UsersError): SetupErrors | undefined {
  const errors: SetupErrors = {};
  for (const { pointer, detail } of fields) {
    if (pointer === '/password') errors.password = passwordError(detail);
    if (pointer === '/email')
      errors.email = kind === 'conflict' ? 'setup.error.usernameTaken' : 'setup.error.emailInvalid';
    if (pointer === '/username') {
      errors.username = kind === 'conflict' ? 'setup.error.usernameTaken' : 'setup.error.usernameInvalid';
    }
  }
  return Object.keys(errors).length > 0 ? errors : undefined;
}
