import { clientLike, refusalOf, requestLike } from '../../test/samples';
import { responseType } from './response-type';

const machine = clientLike({ grant_types: ['client_credentials'], response_types: [] });

describe('response_type', () => {
  it('OAuth 2.1 §4.1.1 accepts code', async () => {
    expect(await refusalOf(() => responseType(requestLike('response_type=code')))).toBeUndefined();
  });

  it.each([
    ['', 'invalid_request'],
    ['response_type=', 'invalid_request'],
    ['response_type=token', 'unsupported_response_type'],
    ['response_type=id_token', 'unsupported_response_type'],
    ['response_type=code%20token', 'unsupported_response_type'],
    ['response_type=code%20id_token', 'unsupported_response_type'],
    ['response_type=code%20id_token%20token', 'unsupported_response_type'],
    ['response_type=id_token%20token', 'unsupported_response_type'],
    ['response_type=none', 'unsupported_response_type'],
    ['response_type=CODE', 'unsupported_response_type'],
  ])('S-029 OAuth 2.1 §10.1, RFC 9700 §2.1.2 answers %j with %s', async (query, error) => {
    expect(await refusalOf(() => responseType(requestLike(query)))).toBe(error);
  });

  it('OAuth 2.1 §4.1.2.1 refuses a client that has not registered the flow', async () => {
    const request = requestLike('response_type=code', { client: machine });
    expect(await refusalOf(() => responseType(request))).toBe('unauthorized_client');
  });
});
