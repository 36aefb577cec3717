import { SINGLE, tenant, user } from '../../test/samples';
import { appLike, NOW_SECONDS, SESSION_ID } from '../../test/token-samples';
import { accessTokenHash, idTokenClaims, type IdTokenContent } from './id-token';

const content: IdTokenContent = {
  issuer: tenant.issuer,
  client: appLike(),
  sub: user.id,
  authTime: NOW_SECONDS - 60,
  acr: SINGLE,
  amr: ['pwd'],
  accessToken: 'token',
  algorithm: 'RS256',
  requested: {},
  issuedAt: NOW_SECONDS,
  lifetimeSeconds: 600,
};

describe('OIDC Core §2, §3.1.3.6 the claims of an ID token', () => {
  it('S-045 say what happened and nothing else', () => {
    expect(idTokenClaims(content)).toEqual({
      iss: tenant.issuer,
      sub: user.id,
      aud: 'app',
      azp: 'app',
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + 600,
      auth_time: NOW_SECONDS - 60,
      acr: SINGLE,
      amr: ['pwd'],
      at_hash: accessTokenHash('token', 'RS256'),
    });
  });

  it('repeat nonce and sid exactly, and only when there are any', () => {
    const nonce = ' n+o%n/ce=&"';
    expect(idTokenClaims({ ...content, nonce, sid: SESSION_ID })).toMatchObject({ nonce, sid: SESSION_ID });
    expect(idTokenClaims(content)).not.toHaveProperty('nonce');
  });

  it('OIDC Core §5.5 hold what the claims parameter asked for, which never overrides one of these', () => {
    const requested = { name: 'Ada', sub: 'other', iss: 'https://evil.example' };
    expect(idTokenClaims({ ...content, requested })).toMatchObject({
      name: 'Ada',
      sub: user.id,
      iss: tenant.issuer,
    });
  });

  it('CIBA Core §10.3.1 vouch for what is pushed with them', () => {
    const [request, refresh] = ['auth_req_id', 'rt_hash'].map((name) => `urn:openid:params:jwt:claim:${name}`);
    const claims = idTokenClaims({ ...content, pushed: { authReqId: 'tbr_x', refreshToken: 'trt_x' } });
    expect(claims).toMatchObject({ [request!]: 'tbr_x', [refresh!]: accessTokenHash('trt_x', 'RS256') });
    expect(claims.at_hash).toBe(accessTokenHash('token', 'RS256'));
    expect(idTokenClaims({ ...content, pushed: { authReqId: 'tbr_x' } })).not.toHaveProperty([refresh!]);
  });

  it.each([
    // OIDC Core Appendix A.3 computes the first one.
    ['RS256', 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', '77QmUPtjPfzWtF2AnpK9RQ'],
  ])('have an at_hash of the half that %s calls for', (algorithm, accessToken, expected) => {
    expect(accessTokenHash(accessToken, algorithm)).toBe(expected);
  });

  it.each([
    ['ES256', 22],
    ['PS256', 22],
    ['ES384', 32],
    ['ES512', 43],
    ['EdDSA', 43],
  ])('have an at_hash for %s of %d characters', (algorithm, length) => {
    expect(accessTokenHash('token', algorithm)).toHaveLength(length);
  });
});
