import { refusalOf, requestLike } from '../../test/samples';
import { nonce } from './nonce';

describe('nonce', () => {
  it.each([
    ['', undefined],
    ['nonce=', undefined],
    ['nonce=n-0S6_WzA2Mj', 'n-0S6_WzA2Mj'],
    [`nonce=${'n'.repeat(64)}`, 'n'.repeat(64)],
    ['nonce=a%20b%2Bc', 'a b+c'],
  ])('OIDC Core §15.5.2 takes %.30j unchanged (S-045)', (query, expected) => {
    const request = requestLike(query);
    nonce(request);
    expect(request.nonce).toBe(expected);
  });

  it('OIDC Core §3.1.2.1 refuses a nonce that would swell every ID token', async () => {
    expect(await refusalOf(() => nonce(requestLike({ nonce: 'n'.repeat(1025) })))).toBe('invalid_request');
  });
});
