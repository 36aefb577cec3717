import { findResponseMode, RESPONSE_MODE_HANDLERS } from '.';
import { formPost } from './form-post';

describe('response_mode form_post', () => {
  it('OAuth 2.0 Form Post Response Mode §2 hands the values over unchanged, with none in the address', () => {
    const fields = { code: 'abc', state: '"><script>alert(1)</script>', iss: 'https://id.example' };
    const delivery = formPost.deliver('https://app.example/cb?foo=bar', fields);
    expect(delivery).toEqual({ mode: 'form', action: 'https://app.example/cb?foo=bar', fields });
  });

  it('is found by its registered name', () => {
    expect(RESPONSE_MODE_HANDLERS.map(({ name }) => name)).toEqual(expect.arrayContaining(['query', 'form_post']));
    expect(findResponseMode('form_post')).toBe(formPost);
    expect(findResponseMode('fragment')).toBeUndefined();
  });
});
