import { refusalOf, requestLike } from '../../test/samples';
import { requestObject } from './request-object';

describe('request', () => {
  it.each([
    ['request=eyJhbGciOiJub25lIn0.e30.', 'request_not_supported'],
    ['registration=%7B%7D', 'registration_not_supported'],
    ['request=', undefined],
    ['', undefined],
  ])('OIDC Core §6.1, RFC 9101 §5 answers %j with %s', async (query, error) => {
    expect(await refusalOf(() => requestObject(requestLike(query)))).toBe(error);
  });
});
