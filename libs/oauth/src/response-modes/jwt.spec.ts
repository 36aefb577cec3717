import { findResponseMode } from '.';

describe('signed response modes', () => {
  const response = 'a.b.c';
  const location = 'https://app.example/cb?foo=bar&response=a.b.c';

  it.each([
    ['jwt', { mode: 'redirect', location }],
    ['query.jwt', { mode: 'redirect', location }],
    ['form_post.jwt', { mode: 'form', action: 'https://app.example/cb?foo=bar', fields: { response } }],
  ])('JARM §2.3 %s gives the one response', (name, delivery) => {
    const mode = findResponseMode(name);
    expect(mode).toMatchObject({ name, isSigned: true });
    expect(mode!.deliver('https://app.example/cb?foo=bar', { response })).toEqual(delivery);
  });

  it('S-029 JARM §2.3 has no fragment', () => {
    expect(findResponseMode('fragment.jwt')).toBeUndefined();
  });
});
