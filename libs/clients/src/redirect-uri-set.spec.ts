import { RedirectUriSet } from './redirect-uri-set';

const REGISTERED = ['https://app.test/cb', 'https://app.test/cb?foo=bar'];
const NATIVE = ['http://127.0.0.1/cb', 'http://[::1]:4711/cb?x=1', 'com.example.app:/cb', 'http://localhost/cb'];

const MUTATIONS: readonly [string, string][] = [
  ['empty', ''],
  ['path added', 'https://app.test/cb/'],
  ['path extended', 'https://app.test/cb/evil'],
  ['path shortened', 'https://app.test/c'],
  ['path gone', 'https://app.test'],
  ['path in upper case', 'https://app.test/CB'],
  ['query added', 'https://app.test/cb?x=1'],
  ['empty query', 'https://app.test/cb?'],
  ['query extended', 'https://app.test/cb?foo=bar&x=1'],
  ['query value changed', 'https://app.test/cb?foo=baz'],
  ['query reordered', 'https://app.test/cb?&foo=bar'],
  ['fragment added', 'https://app.test/cb#x'],
  ['empty fragment', 'https://app.test/cb#'],
  ['http', 'http://app.test/cb'],
  ['scheme in upper case', 'HTTPS://app.test/cb'],
  ['host in upper case', 'https://APP.test/cb'],
  ['full-width host', 'https://ａpp.test/cb'],
  ['homograph host', 'https://аpp.test/cb'],
  ['trailing dot', 'https://app.test./cb'],
  ['sub-domain', 'https://evil.app.test/cb'],
  ['suffix of the host', 'https://app.test.evil.test/cb'],
  ['prefix of the host', 'https://evilapp.test/cb'],
  ['default port', 'https://app.test:443/cb'],
  ['other port', 'https://app.test:8443/cb'],
  ['empty port', 'https://app.test:/cb'],
  ['user', 'https://user@app.test/cb'],
  ['user and other host', 'https://app.test@evil.test/cb'],
  ['empty user', 'https://@app.test/cb'],
  ['three slashes', 'https:///app.test/cb'],
  ['no slashes', 'https:app.test/cb'],
  ['one slash', 'https:/app.test/cb'],
  ['backslashes', 'https:\\\\app.test\\cb'],
  ['scheme-relative', '//app.test/cb'],
  ['relative', '/cb'],
  ['doubled slash in the path', 'https://app.test//cb'],
  ['dot segment', 'https://app.test/./cb'],
  ['parent segment', 'https://app.test/x/../cb'],
  ['encoded parent segment', 'https://app.test/x/%2e%2e/cb'],
  ['encoded letter', 'https://app.test/%63b'],
  ['encoded slash', 'https://app.test%2fcb'],
  ['path parameter', 'https://app.test/cb;x'],
  ['leading space', ' https://app.test/cb'],
  ['trailing space', 'https://app.test/cb '],
  ['inner tab', 'https://app.te\tst/cb'],
  ['trailing newline', 'https://app.test/cb\n'],
  ['NUL', 'https://app.test/cb\0'],
  ['zero-width space', 'https://app.\u200btest/cb'],
  ['two URIs', 'https://app.test/cb https://evil.test/cb'],
  ['javascript', 'javascript://app.test/cb'],
  ['data', 'data:text/html,https://app.test/cb'],
];

describe('RedirectUriSet', () => {
  it('OAuth 2.1 §2.3.1 matches each registered URI, its query included', () => {
    const set = new RedirectUriSet(REGISTERED, 'web');
    for (const uri of REGISTERED) expect(set.matches(uri)).toBe(true);
  });

  it.each(MUTATIONS)('S-020 refuses a mutation: %s', (_name, uri) => {
    for (const type of ['web', 'spa', 'native'] as const) {
      expect(new RedirectUriSet(REGISTERED, type).matches(uri)).toBe(false);
    }
  });

  it.each([
    'http://127.0.0.1:1/cb',
    'http://127.0.0.1:65535/cb',
    'http://127.0.0.1/cb',
    'http://[::1]:4711/cb?x=1',
    'http://[::1]:80/cb?x=1',
    'http://[::1]/cb?x=1',
    'com.example.app:/cb',
    'http://localhost/cb',
  ])(
    'RFC 8252 §7.3, OAuth 2.1 §8.4.2 S-021 lets a native application choose the port of a loopback literal: %s',
    (uri) => {
      expect(new RedirectUriSet(NATIVE, 'native').matches(uri)).toBe(true);
    },
  );

  it.each([
    'http://127.0.0.1:4711/other',
    'http://127.0.0.1:4711/cb?x=1',
    'http://127.0.0.1:4711/cb/',
    'http://127.0.0.1:4711/cb#f',
    'http://127.0.0.1:0/cb',
    'http://127.0.0.1:065/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1:4711@evil.test/cb',
    'http://127.0.0.1:4711\\@evil.test/cb',
    'http://127.0.0.1.evil.test:4711/cb',
    'http://127.0.0.2:4711/cb',
    'http://127.1:4711/cb',
    'http://2130706433:4711/cb',
    'http://[::1]:4711/cb?x=2',
    'http://[0:0:0:0:0:0:0:1]:4711/cb?x=1',
    'http://[::ffff:127.0.0.1]:4711/cb',
    'http://localhost:4711/cb',
    'https://127.0.0.1:4711/cb',
    'HTTP://127.0.0.1:4711/cb',
    'com.example.app:/cb:4711',
    'com.example.app:/CB',
  ])('RFC 8252 §8.3 S-021 keeps all else exact: %s', (uri) => {
    expect(new RedirectUriSet(NATIVE, 'native').matches(uri)).toBe(false);
  });

  it('S-021 gives no such freedom to any other type', () => {
    for (const type of ['web', 'spa', 'machine', 'device'] as const) {
      const set = new RedirectUriSet(['http://127.0.0.1:3000/cb'], type);
      expect(set.matches('http://127.0.0.1:3000/cb')).toBe(true);
      expect(set.matches('http://127.0.0.1:3001/cb')).toBe(false);
    }
  });
});
