import { clientLike, refusalOf, requestLike } from '../../test/samples';
import { maxAge } from './max-age';

describe('max_age', () => {
  it.each([
    ['', undefined, undefined],
    ['max_age=0', undefined, 0],
    ['max_age=10000', undefined, 10000],
    ['', 300, 300],
    ['max_age=', 300, 300],
    ['max_age=20', 300, 20],
  ])('OIDC Core §3.1.2.1 takes %j with default_max_age %s as %s', (query, default_max_age, expected) => {
    const request = requestLike(query, { client: clientLike({ default_max_age }) });
    maxAge(request);
    expect(request.maxAge).toBe(expected);
  });

  it.each(['-1', '1.5', '1e3', 'abc', '0x10', '9999999999', ' 1'])('OIDC Core §3.1.2.1 refuses %j', async (value) => {
    expect(await refusalOf(() => maxAge(requestLike({ max_age: value })))).toBe('invalid_request');
  });
});
