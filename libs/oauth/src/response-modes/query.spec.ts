import { query } from './query';

describe('response_mode query', () => {
  it.each([
    ['https://app.example/cb', 'https://app.example/cb?code=abc&iss=https%3A%2F%2Fid.example'],
    ['https://app.example/cb?foo=bar', 'https://app.example/cb?foo=bar&code=abc&iss=https%3A%2F%2Fid.example'],
    ['https://app.example/cb?', 'https://app.example/cb?code=abc&iss=https%3A%2F%2Fid.example'],
    ['https://app.example/cb?a=%2F&b', 'https://app.example/cb?a=%2F&b&code=abc&iss=https%3A%2F%2Fid.example'],
    ['com.example.app:/cb', 'com.example.app:/cb?code=abc&iss=https%3A%2F%2Fid.example'],
  ])('RFC 6749 §4.1.2 adds to %s and leaves its own query alone', (redirectUri, location) => {
    expect(query.deliver(redirectUri, { code: 'abc', iss: 'https://id.example' })).toEqual({
      mode: 'redirect',
      location,
    });
  });

  it.each(['a&code=evil', 'a#b', 'a\r\nSet-Cookie: x=y', '"><script>', 'ä日本 +%'])(
    'S-028 S-043 a hostile state %j is inert and comes back as it was',
    (state) => {
      const { location } = query.deliver('https://app.example/cb', { code: 'abc', state });
      const received = new URL(location).searchParams;
      expect(received.get('state')).toBe(state);
      expect(received.getAll('code')).toEqual(['abc']);
      expect(location).toMatch(/^[\x21-\x7e]+$/);
      expect(location).not.toContain('#');
    },
  );

  it('adds nothing when there is nothing to add', () => {
    expect(query.deliver('https://app.example/bye', {}).location).toBe('https://app.example/bye');
  });
});
