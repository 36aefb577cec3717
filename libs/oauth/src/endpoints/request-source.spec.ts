import { httpRequestLike, refusalOf } from '../../test/samples';
import { formOf, queryOf } from './request-source';

const posted = (type: string | undefined, body?: string) =>
  httpRequestLike(type === undefined ? {} : { 'content-type': type }, { method: 'POST', body });

describe('the text of a request', () => {
  it.each([
    ['/authorize', ''],
    ['/authorize?', ''],
    ['/authorize?a=%20b&a=c', 'a=%20b&a=c'],
    ['/authorize?a=b?c', 'a=b?c'],
  ])('OAuth 2.1 §3.1 is the raw query of %s', (url, expected) => {
    expect(queryOf(httpRequestLike({}, { url }))).toBe(expected);
  });

  it.each([
    ['application/x-www-form-urlencoded', 'a=b', 'a=b'],
    ['application/x-www-form-urlencoded; charset=UTF-8', 'a=b', 'a=b'],
    ['APPLICATION/X-WWW-FORM-URLENCODED', 'a=b', 'a=b'],
    [undefined, undefined, ''],
  ])('OIDC Core §3.1.2.1 is the form of type %s', (type, body, expected) => {
    expect(formOf(posted(type, body))).toBe(expected);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data', 'application/x-www-form-urlencodedx'])(
    'S-015 is not taken from %s',
    async (type) => {
      expect(await refusalOf(() => formOf(posted(type, 'a=b')))).toBe('invalid_request');
    },
  );
});
