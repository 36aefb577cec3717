import type { StandardClaims } from './standard-claims';
import { isLanguageTag, validateClaims } from './validate-claims';

const accepted: [string, unknown][] = [
  ['name', 'Ada King'],
  ['name#ja-Kana-JP', 'エイダ'],
  ['profile', 'https://example.com/ada?x=1'],
  ['website', 'http://ada.example'],
  ['birthdate', '1815-12-10'],
  ['birthdate', '0000-02-29'],
  ['birthdate', '1815'],
  ['birthdate', '2024-02-29'],
  ['zoneinfo', 'Europe/London'],
  ['zoneinfo', 'UTC'],
  ['address', { street_address: '12 St James Square\r\nLondon', country: 'GB' }],
  ['address', {}],
];

const refused: [string, unknown, string][] = [
  ['email', 'ada@example.com', '/claims/email'],
  ['updated_at', 1, '/claims/updated_at'],
  ['favourite_colour', 'red', '/claims/favourite_colour'],
  ['constructor', 'x', '/claims/constructor'],
  ['name', '', '/claims/name'],
  ['name', 7, '/claims/name'],
  ['name', null, '/claims/name'],
  ['name', '\ud800', '/claims/name'],
  ['name', 'x'.repeat(501), '/claims/name'],
  ['name#', 'x', '/claims/name#'],
  ['name#not a tag', 'x', '/claims/name#not a tag'],
  ['name#de#en', 'x', '/claims/name#de#en'],
  ['profile', 'javascript:alert(1)', '/claims/profile'],
  ['picture', '/ada.png', '/claims/picture'],
  ['website', 'https://user:pw@example.com', '/claims/website'],
  ['birthdate', '10.12.1815', '/claims/birthdate'],
  ['birthdate', '2023-02-29', '/claims/birthdate'],
  ['birthdate', '2023-13-01', '/claims/birthdate'],
  ['birthdate', '0000', '/claims/birthdate'],
  ['zoneinfo', 'Europe/Atlantis', '/claims/zoneinfo'],
  ['zoneinfo', '+01:00', '/claims/zoneinfo'],
  ['address', '12 St James Square', '/claims/address'],
  ['address', ['x'], '/claims/address'],
  ['address', { planet: 'Earth' }, '/claims/address/planet'],
  ['address', { country: '' }, '/claims/address/country'],
];

const claims = (name: string, value: unknown) => ({ [name]: value }) as StandardClaims;

describe('validateClaims', () => {
  it.each(accepted)('OIDC Core §5.1 accepts %s = %j', (name, value) => {
    expect(validateClaims(claims(name, value))).toEqual([]);
  });

  it.each(refused)('OIDC Core §5.1 refuses %s = %j', (name, value, pointer) => {
    expect(validateClaims(claims(name, value))).toEqual([{ pointer, detail: expect.any(String) }]);
  });

  it('OIDC Core §5.2 bounds the number of language variants', () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_none, index) => [`name#x-a${index}`, 'x']));
    expect(validateClaims(many as StandardClaims).at(-1)?.pointer).toBe('/claims');
  });

  it('OIDC Core §5.1 names every problem at once', () => {
    expect(validateClaims({ name: '', birthdate: 'x' })).toHaveLength(2);
  });
});

describe('isLanguageTag', () => {
  it.each([
    ['en', true],
    ['de-AT', true],
    ['zh-Hant-TW', true],
    ['en_GB', false],
    ['', false],
    ['a', false],
  ])('OIDC Core §5.1 takes "%s" for a tag: %s', (value, expected) => expect(isLanguageTag(value)).toBe(expected));
});
