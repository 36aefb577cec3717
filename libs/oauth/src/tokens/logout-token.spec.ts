import { tenant, user } from '../../test/samples';
import { NOW_SECONDS, SESSION_ID } from '../../test/token-samples';
import { logoutTokenClaims } from './logout-token';

const content = { issuer: tenant.issuer, clientId: 'app', sub: user.id, sid: SESSION_ID, issuedAt: NOW_SECONDS };

describe('OIDC Back-Channel Logout §2.4, RFC 8725 §3.11 the claims of a logout token', () => {
  it('S-128 are these and no nonce, for two minutes', () => {
    expect(logoutTokenClaims(content)).toEqual({
      iss: tenant.issuer,
      aud: 'app',
      sub: user.id,
      sid: SESSION_ID,
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + 120,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
  });

  it('S-128 have another jti each time', () => {
    expect(logoutTokenClaims(content).jti).not.toBe(logoutTokenClaims(content).jti);
  });
});
