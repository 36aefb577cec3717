import { chooseLocale } from './locale';

const tenant = { default: 'de', supported: ['en', 'de'] };

describe('chooseLocale', () => {
  it.each([
    ['ui_locales first', { uiLocales: ['en'], acceptLanguage: 'de' }, 'en'],
    ['ui_locales in order of preference', { uiLocales: ['se', 'en-GB', 'de'] }, 'en'],
    ['an unsupported ui_locales is no error', { uiLocales: ['se'] }, 'de'],
    ['Accept-Language by weight', { acceptLanguage: 'de;q=0.5, en;q=0.9' }, 'en'],
    ['Accept-Language in order when weights are equal', { acceptLanguage: 'en-US,de' }, 'en'],
    ['a weight of zero is a refusal', { acceptLanguage: 'en;q=0' }, 'de'],
    ['nonsense is ignored', { acceptLanguage: ';;q=x,,*', uiLocales: [''] }, 'de'],
    ['the tenant’s default last', {}, 'de'],
  ])('OIDC Core §3.1.2.1, RFC 9110 §12.5.4 %s', (_title, wishes, expected) => {
    expect(chooseLocale({ ...wishes, tenant })).toBe(expected);
  });

  it('never speaks a language that the tenant does not offer', () => {
    expect(chooseLocale({ uiLocales: ['de'], tenant: { default: 'en', supported: ['en'] } })).toBe('en');
    expect(chooseLocale({ tenant: { default: 'fr', supported: ['fr'] } })).toBe('en');
  });
});
