import { Parameters } from '@tokenidp/oauth';
import { UsersError } from '@tokenidp/users';
import { errorsOfForm, errorsOfUser } from './setup-errors';

const form = (text: string) => errorsOfForm(Parameters.read(text).parameters);
const user = (kind: 'invalid' | 'conflict', pointer: string, detail = '') =>
  errorsOfUser(new UsersError(kind, 'x', [{ pointer, detail }]));

describe('set-up errors', () => {
  it('name every field that is missing', () => {
    expect(Object.keys(form(''))).toEqual(['email', 'username', 'password']);
  });

  it('tell passwords apart, and stay silent about equal ones', () => {
    const filled = 'email=a@b.c&username=a&password=one';
    expect(form(`${filled}&passwordAgain=two`)).toEqual({ passwordAgain: 'setup.error.passwordMismatch' });
    expect(form(`${filled}&passwordAgain=one`)).toEqual({});
  });

  it.each([
    ['invalid', '/email', 'setup.error.emailInvalid'],
    ['conflict', '/email', 'setup.error.usernameTaken'],
    ['invalid', '/username', 'setup.error.usernameInvalid'],
    ['conflict', '/username', 'setup.error.usernameTaken'],
  ] as const)('S-139 %s %s is told at its field', (kind, pointer, key) => {
    expect(user(kind, pointer)).toEqual({ [pointer.slice(1)]: key });
  });

  it.each([
    ['too-short', 'setup.error.passwordShort'],
    ['too-long', 'setup.error.passwordLong'],
    ['common', 'setup.error.passwordCommon'],
    ['repetitive', 'setup.error.passwordCommon'],
    ['personal', 'setup.error.passwordPersonal'],
    ['malformed', 'setup.error.passwordCommon'],
  ])('S-132 a password that is %s is told why', (refusal, key) => {
    expect(user('invalid', '/password', refusal)).toEqual({ password: key });
  });

  it('what is no field of the form is no error of the form', () => {
    expect(user('invalid', '/claims/birthdate')).toBeUndefined();
  });
});
