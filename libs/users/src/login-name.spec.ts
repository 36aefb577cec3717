import { normaliseLogin } from './login-name';
import { assertUserInput, type UserInput } from './user-input';
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
