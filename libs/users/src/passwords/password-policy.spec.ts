import { DEFAULT_TENANT_SETTINGS } from '@tokenidp/tenancy';
import { COMMON_PASSWORDS } from './common-passwords';
import { checkPassword, isTooLong } from './password-policy';

const tenant = { name: 'acme', slug: 'acme', displayName: 'Acme Widgets', settings: DEFAULT_TENANT_SETTINGS };
const person = { username: 'ada.king', email: 'countess@example.com', claims: { given_name: 'Augusta' } };
const check = (password: string, minLength = 15) =>
  checkPassword(password, { ...tenant, settings: { ...tenant.settings, password: { minLength } } }, person);

describe('checkPassword', () => {
  it.each([
    ['tramlinequietforkmos', null],
    ['kuvmaqzetpolwix', null],
    ['839502174660283', null],
    ['пять смелых котов', null],
    ['🦊🐝🌵🧊🛶🧵🪁🧲🪔🧭🪟🧶🪕🧀🍄', null],
    ['correct horse battery staple', null],
    ['sushi canada violins', null],
    ['x7#kQ2!vB9@zL4$w', null],
  ])('S-131 NIST SP 800-63B-4 §3.1.1.2 accepts "%s", whatever it is composed of', (password, expected) => {
    expect(check(password)).toBe(expected);
  });

  it('S-130 NIST SP 800-63B-4 §3.1.1.2 counts code points of the composed form, from 15 on and at least to 64', () => {
    const pool = 'kuvmaqzetpolwixnybrjdhgsfc';
    const letters = pool + pool.split('').reverse().join('') + pool;
    expect(check(letters.slice(0, 14))).toBe('too-short');
    expect(check(letters.slice(0, 15))).toBeNull();
    expect(check(letters.slice(0, 64))).toBeNull();
    expect(check(`${'e\u0301'}${letters.slice(0, 13)}`)).toBe('too-short');
    expect(check('🦊🐝🌵🧊🛶🧵🪁')).toBe('too-short');
    expect(check(letters.slice(0, 8), 8)).toBeNull();
    expect(check(letters.slice(0, 7), 8)).toBe('too-short');
  });

  it('S-130 takes 1024 characters and no more, and 4096 bytes and no more', () => {
    const text = Array.from({ length: 1_024 }, (_none, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    );
    expect(check(text.join(''))).toBeNull();
    expect(check(`${text.join('')}一`)).toBe('too-long');
    expect(isTooLong('🦊'.repeat(1_024))).toBe(false);
    expect(isTooLong('🦊'.repeat(1_025))).toBe(true);
    expect(isTooLong('x'.repeat(100_000))).toBe(true);
  });

  it.each(['kuvmaqzetpolwix\0', 'kuvmaqzetpolwix\ud800'])('S-130 refuses what is no text', (password) => {
    expect(check(password)).toBe('malformed');
  });

  it.each([
    'password1234567',
    'Password1234567',
    'PASSWORD!!!!!!!!!!!',
    'P@ssw0rd20242024',
    'passwordpassword',
    '20242024passwort',
    'qwertyuiop12345',
    'Qwertzuiop!2026',
    'letmein99999999',
    'iloveyou2024!!!',
    'dragon-dragon-12',
    'Sommer2026!!!!!',
    'sunshine00000001',
    'football19991999',
    'Admin_Admin_2026',
    '1q2w3e4r5t6789012',
    'welcome to 123456',
    'changeme!changeme',
    'princess.princess',
    'michael1michael2',
    'superman55555555',
    'trustno1trustno1',
    'hunter hunter 42',
    'пароль1234567890',
    'contraseña202020',
  ])('S-132 NIST SP 800-63B-4 §3.1.1.2 refuses the common "%s"', (password) => {
    expect(check(password)).toBe('common');
  });

  it.each([
    'acme12345678901',
    'ACME-acme-2026!!',
    'acmewidgets2026',
    'Widgets 20262026',
    'adaking12345678',
    'ada.king.ada.king',
    '4d4k1ng20262026',
    'countess1234567',
    'Augusta00000000',
    'augusta-countess',
  ])('S-132 NIST SP 800-63B-4 §3.1.1.2 refuses the personal "%s"', (password) => {
    expect(check(password)).toBe('personal');
  });

  it.each([
    'aaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345',
    'abcdefghijklmno',
    '987654321098765',
    'zzzzzzzyyyyyyyxxxxxxx',
  ])('S-132 refuses the repetitive "%s"', (password) => {
    expect(check(password)).toBe('repetitive');
  });

  it('S-132 knows several hundred words, in lower case', () => {
    expect(COMMON_PASSWORDS.size).toBeGreaterThan(500);
    for (const word of COMMON_PASSWORDS) expect(word).toBe(word.normalize('NFKC').toLowerCase());
  });
});
