import type { Parameters } from '@tokenidp/oauth';
import type { UsersError } from '@tokenidp/users';
import type { TextKey } from '../i18n/texts';
import { REGISTER_FIELDS, type RegisterField } from '../pages/register';
import { passwordError } from '../setup/setup-errors';

/** What is wrong with the form, field by field. */
export type RegisterErrors = Partial<Record<RegisterField, TextKey>>;

const MISSING: Readonly<Record<RegisterField, TextKey>> = {
  name: 'register.error.nameMissing',
  username: 'register.error.usernameMissing',
  password: 'setup.error.passwordMissing',
  passwordAgain: 'setup.error.passwordMismatch',
};

/** What can be said without asking anybody; undefined when nothing has to be. */
export function errorsOfForm(form: Parameters): RegisterErrors | undefined {
  const isBlank = (name: string): boolean => (form.get(name) ?? '').trim() === '';
  const missing = REGISTER_FIELDS.filter((field) => field !== 'passwordAgain' && isBlank(field));
  const errors: RegisterErrors = Object.fromEntries(missing.map((field) => [field, MISSING[field]]));
  if (!errors.password && form.get('password') !== form.get('passwordAgain')) {
    errors.passwordAgain = MISSING.passwordAgain;
  }
  return Object.keys(errors).length > 0 ? errors : undefined;
}

/** What the users' rules refuse; undefined when it has nothing to do with the form. */
export function errorsOfUser({ kind, fields }: UsersError): RegisterErrors | undefined {
  const errors: RegisterErrors = {};
  for (const { pointer, detail } of fields) {
    if (pointer === '/password') errors.password = passwordError(detail);
    if (pointer === '/claims/name') errors.name = 'register.error.nameInvalid';
    if (pointer === '/email' || pointer === '/username') {
      errors.username = kind === 'conflict' ? 'register.error.usernameTaken' : 'register.error.usernameInvalid';
    }
  }
  return Object.keys(errors).length > 0 ? errors : undefined;
}
