import type { ClaimsRequest } from '@tokenidp/kernel';
import { STANDARD_CLAIMS } from '@tokenidp/kernel';
import type { User } from '../user';
import { userClaims } from './user-claims';

const full: User = {
  id: '01938c3e-0000-7000-8000-000000000001',
  tenantId: '01938c3e-0000-7000-8000-000000000002',
  username: 'ada',
  email: 'Ada@example.com',
  emailVerified: true,
  phoneNumber: '+441234567890',
  phoneNumberVerified: false,
  status: 'active',
  locale: 'en-GB',
  claims: {
    name: 'Ada King',
    given_name: 'Ada',
    family_name: 'King',
    middle_name: 'Augusta',
    nickname: 'countess',
    profile: 'https://example.com/ada',
    picture: 'https://example.com/ada.png',
    website: 'https://ada.example',
    gender: 'female',
    birthdate: '1815-12-10',
    zoneinfo: 'Europe/London',
    address: { street_address: '12 St James Square', locality: 'London', region: '', country: 'GB' },
    'name#ja-Kana-JP': 'エイダ',
  },
  attributes: { department: 'engines' },
  createdAt: new Date('2026-01-01T00:00:00Z'),
  updatedAt: new Date('2026-02-03T04:05:06.789Z'),
};
const bare: User = { ...full, email: undefined, phoneNumber: undefined, locale: undefined, claims: {} };
const none = new Set<string>();
const names = (claims: Record<string, unknown>) => Object.keys(claims).sort();

describe('userClaims by scope', () => {
  it.each([
    ['openid', []],
    ['email', ['email', 'email_verified']],
    ['phone', ['phone_number', 'phone_number_verified']],
    ['address', ['address']],
    ['offline_access', []],
  ])('OIDC Core §5.4 gives for %s exactly %j', (scope, expected) => {
    expect(names(userClaims(full, new Set([scope]), undefined))).toEqual(expected);
  });

  it('OIDC Core §5.4 gives the fourteen claims of profile', () => {
    const claims = userClaims(full, new Set(['openid', 'profile']), undefined);
    expect(names(claims)).toEqual(
      [
        ...['birthdate', 'family_name', 'gender', 'given_name', 'locale', 'middle_name', 'name', 'nickname', 'picture'],
        ...['preferred_username', 'profile', 'updated_at', 'website', 'zoneinfo'],
      ].sort(),
    );
  });

  it('OIDC Core §5.4 gives every standard claim when all scopes are granted', () => {
    const claims = userClaims(full, new Set(['openid', 'profile', 'email', 'address', 'phone']), undefined);
    expect(names(claims)).toEqual([...STANDARD_CLAIMS].sort());
  });

  it('OIDC Core §5.1 types: verified flags are booleans, updated_at is a number of seconds', () => {
    const claims = userClaims(full, new Set(['profile', 'email', 'phone']), undefined);
    expect(claims).toMatchObject({ email_verified: true, phone_number_verified: false, updated_at: 1770091506 });
    expect(claims).toMatchObject({ preferred_username: 'ada', email: 'Ada@example.com', locale: 'en-GB' });
  });

  it('OIDC Core §5.1.1 makes the address an object of its non-empty members', () => {
    expect(userClaims(full, new Set(['address']), undefined)).toEqual({
      address: { street_address: '12 St James Square', locality: 'London', country: 'GB' },
    });
  });

  it('OIDC Core §5.3.2 leaves out what has no value instead of sending null or an empty text', () => {
    const scopes = new Set(['profile', 'email', 'address', 'phone']);
    expect(names(userClaims(bare, scopes, undefined))).toEqual(['preferred_username', 'updated_at']);
    const blank: User = { ...bare, claims: { name: '', address: { country: '' } } };
    expect(names(userClaims(blank, scopes, undefined))).toEqual(['preferred_username', 'updated_at']);
  });
});

describe('userClaims by the claims parameter', () => {
  const table: [string, ClaimsRequest['userinfo'], Record<string, unknown>][] = [
    ['null', { nickname: null }, { nickname: 'countess' }],
    ['essential', { name: { essential: true } }, { name: 'Ada King' }],
    [
      'essential but unknown',
      { name: { essential: true }, favourite_colour: { essential: true } },
      { name: 'Ada King' },
    ],
    ['a value that fits', { locale: { value: 'en-GB' } }, { locale: 'en-GB' }],
    ['a value that does not fit', { locale: { value: 'de' } }, {}],
    [
      'values of which one fits',
      { zoneinfo: { values: ['Europe/Paris', 'Europe/London'] } },
      { zoneinfo: 'Europe/London' },
    ],
    ['values of which none fits', { zoneinfo: { values: ['Europe/Paris'] } }, {}],
    ['a boolean value', { email_verified: { value: true } }, { email_verified: true }],
    ['a boolean value that does not fit', { phone_number_verified: { value: true } }, {}],
    ['a language tag', { 'name#ja-Kana-JP': null }, { 'name#ja-Kana-JP': 'エイダ' }],
    ['a claim that is not about the user', { acr: { essential: true }, auth_time: null }, {}],
    ['a custom attribute', { department: null }, {}],
    ['a name of the prototype', { constructor: null, __proto__: null, toString: null }, {}],
    ['nothing', {}, {}],
  ];

  it.each(table)('OIDC Core §5.5 answers %s', (_title, requested, expected) => {
    expect(userClaims(full, none, requested)).toEqual(expected);
  });

  it('OIDC Core §5.5 adds to what the scopes ask for, and takes nothing away', () => {
    const claims = userClaims(full, new Set(['email']), { email: { value: 'other@example.com' }, name: null });
    expect(claims).toEqual({ email: 'Ada@example.com', email_verified: true, name: 'Ada King' });
  });
});
