import { Parameters } from '@tokenidp/oauth';
import { UsersError } from '@tokenidp/users';
import { errorsOfForm, errorsOfUser } from './register-errors';

const GOOD = {
  name: 'Ada King',
  username: 'ada',
  password: 'a long enough sentence',
  passwordAgain: 'a long enough sentence',
};
const formOf = (changes: Record<string, string>) =>
  Parameters.read(new URLSearchParams({ ...GOOD, ...changes }).toString()).parameters;

describe('errors of the registration form', () => {
  it.each([
    [{}, undefined],
    [{ name: ' ' }, { name: 'register.error.nameMissing' }],
    [{ username: '' }, { username: 'register.error.usernameMissing' }],
    [{ password: '', passwordAgain: '' }, { password: 'setup.error.passwordMissing' }],
    [{ passwordAgain: 'another' }, { passwordAgain: 'setup.error.passwordMismatch' }],
  ])('Initiating User Registration §4 says of %j: %j', (changes, expected) => {
    expect(errorsOfForm(formOf(changes))).toEqual(expected);
  });

  it.each([
    ['conflict', '/username', 'is taken', { username: 'register.error.usernameTaken' }],
    ['conflict', '/email', 'is taken', { username: 'register.error.usernameTaken' }],
    ['invalid', '/username', 'is too long', { username: 'register.error.usernameInvalid' }],
    ['invalid', '/email', 'is none', { username: 'register.error.usernameInvalid' }],
    ['invalid', '/claims/name', 'is too long', { name: 'register.error.nameInvalid' }],
    ['invalid', '/password', 'too-short', { password: 'setup.error.passwordShort' }],
    ['invalid', '/password', 'personal', { password: 'setup.error.passwordPersonal' }],
    ['not-found', '/role', 'is unknown', undefined],
  ] as const)('tells %s of %s (%s) at its field', (kind, pointer, detail, expected) => {
    expect(errorsOfUser(new UsersError(kind, 'refused', [{ pointer, detail }]))).toEqual(expected);
  });
});
