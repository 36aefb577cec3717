import { refusalOf, requestLike } from '../../test/samples';
import { requestUri } from './request-uri';

describe('request_uri', () => {
  it.each([
    ['request_uri=https://app.example/r', 'request_uri_not_supported'],
    ['request_uri=urn:ietf:params:oauth:request_uri:abc', 'request_uri_not_supported'],
    ['request_uri=', undefined],
    ['', undefined],
  ])('OIDC Core §6.2, RFC 9101 §5.2 answers %j with %s', async (query, error) => {
    expect(await refusalOf(() => requestUri(requestLike(query)))).toBe(error);
  });
});
