import { isSameName, parseDistinguishedName } from './distinguished-name';

const same = (one: string, other: string) => isSameName(parseDistinguishedName(one)!, parseDistinguishedName(other)!);

describe('RFC 4514 §3 the text of a distinguished name', () => {
  it('has attributes of its sets, the most specific one first', () => {
    expect(parseDistinguishedName('CN=Steve Kille+UID=sk,O=Isode Limited,C=GB')).toEqual([
      [
        { type: '2.5.4.3', value: 'Steve Kille' },
        { type: '0.9.2342.19200300.100.1.1', value: 'sk' },
      ],
      [{ type: '2.5.4.10', value: 'Isode Limited' }],
      [{ type: '2.5.4.6', value: 'GB' }],
    ]);
  });

  it.each([
    ['CN=Sue\\, Grabbit and Runn', 'Sue, Grabbit and Runn'],
    ['CN=Before\\0dAfter', 'Before\rAfter'],
    ['CN=Lu\\C4\\8Di\\C4\\87', 'Lučić'],
    ['CN=Lučić', 'Lučić'],
    ['CN=\\ padded\\  ', ' padded '],
    ['CN=a\\\\  ', 'a\\'],
    ['CN=#04024869', '#04024869'],
    ['1.3.6.1.4.1.311.60.2.1.3=#13024252', 'BR'],
    ['cn = x', 'x'],
    ['CN=a=b', 'a=b'],
  ])('%s says %j', (text, value) => expect(parseDistinguishedName(text)?.[0]?.[0]?.value).toBe(value));

  it.each([
    '',
    'acme',
    'CN=',
    'CN=a,',
    ',CN=a',
    'CN=a,,O=b',
    'CN=a;O=b',
    'CN=a+',
    'XX=a',
    'CN="a"',
    'CN=a\\',
    'CN=a\\zz',
    'CN=\\FF',
    'CN=#0',
    'CN=#1305',
    'CN=a\u0000b',
  ])('%j is none', (text) => expect(parseDistinguishedName(text)).toBeUndefined());
});

describe('RFC 5280 §7.1 the same name', () => {
  it.each([
    ['CN=a,O=b', 'cn=A, o=B'],
    ['CN=two  words', 'CN=two words'],
    ['CN=a+UID=b', 'UID=b+CN=a'],
    ['1.2.840.113549.1.9.1=a@b', 'E=a@b'],
    ['2.5.4.3=#1301 61'.replace(' ', ''), 'CN=a'],
  ])('%s is %s', (one, other) => expect(same(one, other)).toBe(true));

  it.each([
    ['CN=a,O=b', 'O=b,CN=a'],
    ['CN=a,O=b', 'CN=a'],
    ['CN=a', 'CN=a,O=b'],
    ['CN=a\\,O=b', 'CN=a,O=b'],
    ['CN=a', 'OU=a'],
    ['CN=a', 'CN=ａ'],
    ['CN=a+UID=b', 'CN=a,UID=b'],
    ['CN=twowords', 'CN=two words'],
  ])('%s is not %s', (one, other) => expect(same(one, other)).toBe(false));
});
