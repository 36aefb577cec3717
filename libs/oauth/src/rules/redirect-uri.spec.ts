import { CALLBACK, clientLike, refusalOf, requestLike } from '../../test/samples';
import { pushedRedirectUri, redirectUri } from './redirect-uri';

const two = clientLike({ redirect_uris: [CALLBACK, 'https://app.example/other'] });
const native = clientLike({ type: 'native', redirect_uris: ['http://127.0.0.1/cb'] });

const sent = (uri: string) => `redirect_uri=${encodeURIComponent(uri)}`;

describe('redirect_uri', () => {
  it.each([
    ['the registered one', sent(CALLBACK), clientLike(), CALLBACK],
    ['one of several', sent('https://app.example/other'), two, 'https://app.example/other'],
    ['none, where one is registered', '', clientLike(), CALLBACK],
    ['another port of a loopback address', sent('http://127.0.0.1:51004/cb'), native, 'http://127.0.0.1:51004/cb'],
  ])('OAuth 2.1 §4.1.1 accepts %s', (_, query, client, expected) => {
    const request = requestLike(query, { client, redirectUri: undefined });
    redirectUri(request);
    expect(request.redirectUri).toBe(expected);
  });

  it.each([
    'https://app.example/callback/',
    'https://app.example/callback?a=b',
    'https://app.example/callback#x',
    'https://APP.example/callback',
    'https://app.example:443/callback',
    'https:///app.example/callback',
    'https:app.example/callback',
    'https://ａpp.example/callback',
    'http://app.example/callback',
    'https://app.example/%63allback',
    'https://user@app.example/callback',
    'https://app.example.evil.example/callback',
    'https://app.example/x/../callback',
    'HTTPS://app.example/callback',
    ' https://app.example/callback',
    'https://app.example/call\tback',
  ])('S-020 OAuth 2.1 §2.3.1 refuses %j', async (uri) => {
    expect(await refusalOf(() => redirectUri(requestLike(sent(uri))))).toBe('invalid_redirect_uri');
  });

  it.each([
    ['none of several', '', two],
    ['an empty one of several', 'redirect_uri=', two],
    ['none where none is registered', '', clientLike({ redirect_uris: [] })],
    ['two', `${sent(CALLBACK)}&${sent(CALLBACK)}`, clientLike()],
  ])('S-024 OAuth 2.1 §4.1.1 refuses %s', async (_, query, client) => {
    expect(await refusalOf(() => redirectUri(requestLike(query, { client })))).toBe('invalid_redirect_uri');
  });

  it('RFC 9700 §4.1.3 does not tell what is registered', async () => {
    const call = () => redirectUri(requestLike(sent('https://evil.example')));
    expect(call).toThrow(expect.objectContaining({ description: expect.not.stringContaining('app.example') }));
  });
});

describe('redirect_uri of a pushed request', () => {
  it('RFC 9126 §2.1 is one of the registered', () => {
    const request = requestLike(sent(CALLBACK), { redirectUri: undefined });
    pushedRedirectUri(request);
    expect(request.redirectUri).toBe(CALLBACK);
  });

  it.each([
    ['none, although one alone is registered', ''],
    ['an empty one', 'redirect_uri='],
    ['one that is not registered', sent('https://evil.example')],
  ])('RFC 9126 §2.1, FAPI 2.0 SP §5.3.2.2 S-024 refuses %s', async (_, query) => {
    expect(await refusalOf(() => pushedRedirectUri(requestLike(query)))).toBe('invalid_request');
  });
});
