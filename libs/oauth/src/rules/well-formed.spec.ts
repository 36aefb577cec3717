import { refusalOf, requestLike } from '../../test/samples';
import { wellFormed } from './well-formed';

describe('the text of a request', () => {
  it.each([
    ['unknown parameters', 'extra=foobar&x=y'],
    ['a resource more than once', 'resource=https://a.example&resource=https://b.example'],
    ['claims over several lines', 'claims=%7B%0A%7D'],
    ['an empty parameter beside a full one', 'scope=&scope=openid'],
  ])('S-014 OAuth 2.1 §3.1 accepts %s', async (_, query) => {
    expect(await refusalOf(() => wellFormed(requestLike(query)))).toBeUndefined();
  });

  it.each([
    ['a duplicate', 'scope=openid&scope=openid'],
    ['a duplicate of an unknown parameter', 'x=1&x=2'],
    ['a broken escape', 'login_hint=%E0%A4'],
    ['a lone surrogate', 'login_hint=%ED%A0%80'],
    ['NUL', 'login_hint=a%00b'],
    ['a line break', 'login_hint=a%0Ab'],
    ['a state with a line break', 'state=a%0D%0Ab'],
    ['more than 100 parameters', Array.from({ length: 101 }, (_, index) => `p${index}=1`).join('&')],
  ])('S-014 OAuth 2.1 §3.1 refuses %s', async (_, query) => {
    expect(await refusalOf(() => wellFormed(requestLike(query)))).toBe('invalid_request');
  });
});
