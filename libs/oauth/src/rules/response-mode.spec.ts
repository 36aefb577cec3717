import { clientLike, refusalOf, requestLike } from '../../test/samples';
import { responseMode } from './response-mode';

describe('response_mode', () => {
  it.each([
    ['', 'query'],
    ['response_mode=', 'query'],
    ['response_mode=query', 'query'],
    ['response_mode=form_post', 'form_post'],
  ])('OAuth 2.0 Multiple Response Types §2.1 takes %j as %s', (query, expected) => {
    const request = requestLike(query);
    responseMode(request);
    expect(request.responseMode).toBe(expected);
  });

  it.each([
    ['fragment', 'invalid_request'],
    ['web_message', 'invalid_request'],
    ['form_post', 'unauthorized_client'],
  ])('S-028 refuses %s for a client that has registered query alone', async (mode, error) => {
    const request = requestLike({ response_mode: mode }, { client: clientLike({ response_modes: ['query'] }) });
    expect(await refusalOf(() => responseMode(request))).toBe(error);
    expect(request.responseMode).toBe('query');
  });
});
