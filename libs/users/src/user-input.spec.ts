import { normaliseLogin } from './login-name';
import type { User } from './user';
import { assertUserInput, columnsOf, merge, type UserInput, type UserPatch } from './user-input';
import { UsersError } from './users-error';

describe('normaliseLogin', () => {
  it.each([
    ['Ada', 'ada'],
    ['ADA@EXAMPLE.COM', 'ada@example.com'],
    ['Ａｄａ', 'ada'],
    ['ﬁona', 'fiona'],
    ['Jose\u0301', 'jos\u00e9'],
    ['JOSÉ', 'josé'],
    ['ada', 'ada'],
  ])('S-134 reads %s as %s', (typed, expected) => expect(normaliseLogin(typed)).toBe(expected));
});

describe('assertUserInput', () => {
  const accepted: UserInput[] = [
    { username: 'ada' },
    { username: 'ada.king-1_x+y' },
    { username: 'josé' },
    { username: '李' },
    { username: "o'neill", email: "o'neill@example.com", phoneNumber: '+441234567890', locale: 'en-GB' },
    { username: 'Ada@Example.com', email: 'ada@example.com' },
    { username: 'ada', phoneNumber: '+4989123456;ext=12', claims: { name: 'Ada' }, attributes: { a: [1] } },
  ];
  it.each(accepted)('accepts %j', (input) => expect(() => assertUserInput(input)).not.toThrow());

  const refused: [UserInput, string[]][] = [
    [{ username: '' }, ['/username']],
    [{ username: 'ada king' }, ['/username']],
    [{ username: ' ada' }, ['/username']],
    [{ username: 'ada\0' }, ['/username']],
    [{ username: 'x'.repeat(255) }, ['/username']],
    [{ username: 'eve@example.com' }, ['/username']],
    [{ username: 'eve＠example.com' }, ['/username', '/username']],
    [{ username: 'eve@example.com', email: 'ada@example.com' }, ['/username']],
    [{ username: 'ada', email: 'ada' }, ['/email']],
    [{ username: 'ada', email: 'ada@a@b' }, ['/email']],
    [{ username: 'ada', email: 'ada@example.com\r\nBcc: x' }, ['/email']],
    [{ username: 'ada', phoneNumber: '089 123' }, ['/phoneNumber']],
    [{ username: 'ada', locale: 'en_GB' }, ['/locale']],
    [{ username: 'ada', claims: { birthdate: 'never' } }, ['/claims/birthdate']],
    [{ username: 'ada', attributes: { a: 'x'.repeat(20_000) } }, ['/attributes']],
  ];
  it.each(refused)('refuses %j', (input, pointers) => {
    let thrown: unknown;
    try {
      assertUserInput(input);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UsersError);
    expect((thrown as UsersError).fields.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe('merge and columnsOf', () => {
  const user = {
    username: 'ada',
    email: 'ada@example.com',
    emailVerified: true,
    phoneNumber: '+441234567890',
    phoneNumberVerified: true,
    status: 'active',
    claims: { name: 'Ada' },
    attributes: {},
  } as unknown as User;
  const after = (patch: UserPatch) => columnsOf(merge(user, patch), new Date(0));

  it.each<[UserPatch, object]>([
    [{}, { username: 'ada', email: 'ada@example.com', emailVerified: true, status: 'active', locale: null }],
    [{ email: 'ada@example.org' }, { email: 'ada@example.org', emailVerified: false, phoneNumberVerified: true }],
    [{ email: 'ada@example.com' }, { emailVerified: true }],
    [{ email: 'ada@example.org', emailVerified: true }, { emailVerified: true }],
    [{ email: null }, { email: null, emailVerified: false }],
    [
      { email: null, emailVerified: true },
      { email: null, emailVerified: false },
    ],
    [{ phoneNumber: '+491234567890' }, { phoneNumberVerified: false, emailVerified: true }],
    [
      { phoneNumber: undefined, locale: 'de' },
      { phoneNumber: '+441234567890', locale: 'de' },
    ],
    [{ claims: { nickname: 'A' } }, { claims: { nickname: 'A' } }],
  ])('lays %j over the user', (patch, expected) => expect(after(patch)).toMatchObject(expected));
});
