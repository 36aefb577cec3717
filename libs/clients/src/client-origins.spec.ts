import { originsOf } from './client-origins';

const redirect_uris = [
  'https://app.test/cb',
  'https://app.test/other',
  'https://app.test:8443/cb',
  'http://127.0.0.1:5173/cb',
];

describe('originsOf', () => {
  it('S-005 RFC 10017 §6.3.3.4 are those of the redirect URIs of a spa, as a browser writes them', () => {
    expect([...originsOf({ type: 'spa', redirect_uris })]).toEqual([
      'https://app.test',
      'https://app.test:8443',
      'http://127.0.0.1:5173',
    ]);
  });

  it('S-005 has no look-alike, no suffix and no null', () => {
    const origins = originsOf({ type: 'spa', redirect_uris: [...redirect_uris, 'com.example.app:/cb'] });
    for (const origin of [
      'null',
      'https://app.test.evil.test',
      'https://evilapp.test',
      'http://app.test',
      'https://APP.test',
    ]) {
      expect(origins.has(origin)).toBe(false);
    }
  });

  it.each(['web', 'native', 'machine', 'device'] as const)('S-005 there are none for a %s client', (type) => {
    expect(originsOf({ type, redirect_uris }).size).toBe(0);
  });
});
