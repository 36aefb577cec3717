import { BearerError } from '@tokenidp/kernel';
import { httpRequestLike } from '../../test/samples';
import { type AccessCredential, accessCredential } from './access-credential';

const get = (authorization?: string, url = '/userinfo') =>
  accessCredential(httpRequestLike(authorization === undefined ? {} : { authorization }, { url }));
const FORM = 'application/x-www-form-urlencoded';
const post = (body: unknown, authorization?: string) =>
  accessCredential(
    httpRequestLike({ 'content-type': FORM, ...(authorization && { authorization }) }, { method: 'POST', body }),
  );

function refusal(call: () => AccessCredential): { error: string | undefined; status: number } {
  try {
    return { error: call().token, status: 200 };
  } catch (error) {
    if (error instanceof BearerError) return { error: error.error, status: error.status };
    throw error;
  }
}

describe('RFC 6750 §2.1, §2.2 an access token', () => {
  it.each(['Bearer abc', 'bearer abc', 'BeArEr abc', 'Bearer   abc'])('is taken from "%s"', (header) => {
    expect(get(header)).toEqual({ scheme: 'Bearer', token: 'abc' });
  });

  it.each(['DPoP abc', 'dpop abc', 'DPOP abc', 'dPoP  abc '])('RFC 9449 §7.1 is taken from "%s"', (header) => {
    expect(get(header)).toEqual({ scheme: 'DPoP', token: 'abc' });
  });

  it('is taken from a form', () => {
    expect(post('access_token=abc')).toEqual({ scheme: 'Bearer', token: 'abc' });
    expect(post(undefined, 'DPoP abc')).toEqual({ scheme: 'DPoP', token: 'abc' });
  });

  it('is not taken from both', () => {
    for (const scheme of ['Bearer', 'DPoP']) {
      const both = refusal(() => post('access_token=abc', `${scheme} abc`));
      expect(both).toEqual({ error: 'invalid_request', status: 400 });
    }
  });

  it('is not taken from a form that holds it twice', () => {
    expect(refusal(() => post('access_token=abc&access_token=def'))).toEqual({ error: 'invalid_request', status: 400 });
  });
});

describe('RFC 6750 §3.1, OAuth 2.1 §5.1 a request', () => {
  it.each([
    ['without a token', () => get()],
    ['S-101 with a token in the query', () => get(undefined, '/userinfo?access_token=abc')],
    ['with another scheme', () => get('Basic abc')],
    ['with a scheme that only begins alike', () => get('DPoPx abc')],
    ['with an empty form', () => post('')],
  ])('%s is told the scheme and nothing else', (_name, call) => {
    expect(refusal(call)).toEqual({ error: undefined, status: 401 });
  });

  it.each(['Bearer', 'DPoP', 'DPoP a,b', 'Bearer ', 'Bearer a b', 'Bearer a,b', 'Bearer "abc"'])(
    'with "%s" has a malformed token',
    (header) => {
      expect(refusal(() => get(header))).toEqual({ error: 'invalid_token', status: 401 });
    },
  );
});
