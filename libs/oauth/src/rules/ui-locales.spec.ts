import { requestLike } from '../../test/samples';
import { uiLocales } from './ui-locales';

describe('ui_locales', () => {
  it.each([
    ['', []],
    ['se', ['se']],
    ['de-CH de en', ['de-CH', 'de', 'en']],
    ['x"><script> de', ['de']],
    [Array.from({ length: 30 }, () => 'en').join(' '), Array.from({ length: 10 }, () => 'en')],
  ])('OIDC Core §3.1.2.1 takes %.30j without an error', (value, expected) => {
    const request = requestLike({ ui_locales: value, claims_locales: value });
    uiLocales(request);
    expect(request.uiLocales).toEqual(expected);
  });
});
