import { REDACTED, redact } from './redact';

const PLANTED = 'planted-value-7731';

const SECRET_MEMBERS = [
  'password',
  'newPassword',
  'current_password',
  'passwordHash',
  'passphrase',
  'client_secret',
  'clientSecret',
  'secrets',
  'secretHash',
  'token',
  'access_token',
  'refreshToken',
  'id_token_hint',
  'id_token',
  'subject_token',
  'registration_access_token',
  'code',
  'code_verifier',
  'codeHash',
  'device_code',
  'user_code',
  'auth_req_id',
  'request_uri',
  'assertion',
  'client_assertion',
  'Authorization',
  'DPoP',
  'cookie',
  'Set-Cookie',
  'csrf',
  'x-csrf-token',
  'otp',
  'totp',
  'recovery_codes',
  'seed',
  'pin',
  'privateKey',
  'private_jwk',
  'apiKey',
  'credentials',
  'nonce',
];

const SECRET_TEXTS = {
  'a compact JWS': 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl',
  'an encrypted JWT': 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXY.Y2lwaGVy.dGFn',
  'a PEM block': '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49',
  'Basic credentials': 'Basic Y2xpZW50OnNlY3JldC1zZWNyZXQ=',
  'a bearer credential in a sentence': 'the header was Bearer dG9rZW4tdG9rZW4tdG9rZW4',
  'a password hash': '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
  'one of our tokens': 'trt_dGhlIHRva2VuIGl0c2VsZiBpcyBoZXJlIGFuZCBpdCBpcyBsb25nQUJDREVG',
  'a redirect with a code': 'https://app.example/cb?code=abc&state=1',
  'a form with a secret': 'grant_type=x&client_secret=abc',
};

describe('redact', () => {
  it.each(SECRET_MEMBERS)('S-182 keeps nothing of a member named %s', (name) => {
    const detail = redact({ [name]: PLANTED, before: { [name]: { value: PLANTED } }, list: [{ [name]: [PLANTED] }] });
    expect(JSON.stringify(detail)).not.toContain(PLANTED);
    expect(detail[name]).toBe(REDACTED);
  });

  it.each(Object.entries(SECRET_TEXTS))('S-182 keeps nothing of a text that is %s', (_what, text) => {
    const detail = redact({ reason: text, after: { values: [text] }, [text]: 1 });
    expect(detail).toEqual({ reason: REDACTED, after: { values: [REDACTED] }, [REDACTED]: 1 });
  });

  it('S-182, RFC 6819 §5.1.4.1 keeps no private member of a JWK, and keeps its public ones', () => {
    const jwk = { kty: 'EC', crv: 'P-256', x: 'x-value', y: 'y-value', d: PLANTED, kid: 'a' };
    expect(redact({ jwk })).toEqual({ jwk: { ...jwk, d: REDACTED } });
  });

  it('S-182 keeps no bytes', () => {
    expect(redact({ blob: Buffer.from(PLANTED) })).toEqual({ blob: REDACTED });
  });

  it('keeps what an auditor needs', () => {
    const detail = {
      grant_type: 'authorization_code',
      token_type: 'Bearer',
      token_endpoint_auth_method: 'private_key_jwt',
      code_challenge_method: 'S256',
      error: 'invalid_grant',
      scope: 'openid orders.read',
      kid: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
      state: 'next',
      key: 'clients.write',
      redirect_uris: ['https://app.example/cb'],
      secretId: '0197',
      before: { displayName: 'Old', tokenFormat: 'jwt', enabled: false, size: 3, none: null },
    };
    expect(redact(detail)).toEqual(detail);
  });

  it('writes instants, URLs, sets and large numbers as JSON has them, and leaves out what is undefined', () => {
    const at = new Date('2026-01-02T03:04:05.678Z');
    const detail = redact({ at, url: new URL('https://a.example/b'), set: new Set(['a']), big: 12n, gone: undefined });
    expect(detail).toEqual({ at: at.toISOString(), url: 'https://a.example/b', set: ['a'], big: '12' });
  });

  it('bounds depth, members and length, and drops what a database refuses', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const detail = redact({
      loop,
      long: 'a'.repeat(5000),
      many: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`m${i}`, i])),
      odd: 'a\0b\ud800',
    });
    expect(JSON.stringify(detail.loop).length).toBeLessThan(100);
    expect((detail.long as string).length).toBe(1025);
    expect(Object.keys(detail.many as object)).toHaveLength(100);
    expect(detail.odd).toBe('ab\ufffd');
  });
});
