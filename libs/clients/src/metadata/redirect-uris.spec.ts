import type { ClientType } from '../client';
import { redirectUriProblem } from './redirect-uris';

describe('redirectUriProblem', () => {
  it.each<[ClientType, string]>([
    ['web', 'https://app.test/cb'],
    ['web', 'https://app.test'],
    ['web', 'https://app.test/cb?foo=bar&x=%20'],
    ['web', 'https://app.test:8443/cb'],
    ['web', 'http://localhost:3000/cb'],
    ['spa', 'http://127.0.0.1:5173/'],
    ['spa', 'http://[::1]:5173/cb'],
    ['native', 'com.example.app:/cb'],
    ['native', 'com.example.app://cb'],
    ['native', 'http://127.0.0.1/cb'],
    ['native', 'https://app.test/cb'],
  ])('RFC 8252 §7 accepts, for a %s client, %s', (type, uri) => {
    expect(redirectUriProblem(uri, type)).toBeUndefined();
  });

  const BAD: readonly [string, RegExp][] = [
    ['https://app.test/cb#fragment', /fragment/],
    ['https://app.test/cb#', /fragment/],
    ['https://*.app.test/cb', /wildcard/],
    ['https://app.test/*', /wildcard/],
    ['http://app.test/cb', /https/],
    ['http://127.0.0.2/cb', /https/],
    ['https://user:pw@app.test/cb', /user/],
    ['https://@app.test/cb', /user/],
    ['myapp:/cb', /https/],
    ['myapp://cb', /https/],
    ['javascript:alert(1)', /https/],
    ['JavaScript:alert(1)', /https/],
    ['data:text/html,x', /https/],
    ['vbscript:x', /https/],
    ['file:///etc/passwd', /https/],
    ['blob:https://app.test/1', /https/],
    ['ftp://app.test/cb', /https/],
    ['/cb', /absolute/],
    ['app.test/cb', /absolute/],
    ['', /absolute/],
    ['https://APP.test/cb', /spelled/],
    ['https://app.test:443/cb', /spelled/],
    ['https://app.test/x/../cb', /spelled/],
    ['https:app.test/cb', /spelled/],
    ['https://app.te\tst/cb', /spelled/],
    ['https://ａpp.test/cb', /spelled/],
    ['https:\\\\app.test\\cb', /spelled/],
    [' https://app.test/cb', /spelled/],
    ['http://127.1/cb', /spelled/],
    ['http://2130706433/cb', /spelled/],
  ];

  it.each(BAD)('S-023 OAuth 2.1 §2.3, RFC 8252 §8.4 refuses %j for every type', (uri, reason) => {
    for (const type of ['web', 'spa', 'native'] as const) expect(redirectUriProblem(uri, type)).toMatch(reason);
  });

  it('RFC 8252 §7.1 keeps private-use schemes for native applications', () => {
    for (const type of ['web', 'spa'] as const)
      expect(redirectUriProblem('com.example.app:/cb', type)).toMatch(/https/);
  });
});
