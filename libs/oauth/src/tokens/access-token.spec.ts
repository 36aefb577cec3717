import { tenant } from '../../test/samples';
import { API, appLike, NOW_SECONDS, standingLike } from '../../test/token-samples';
import { accessTokenClaims, type AccessTokenContent } from './access-token';

const content: AccessTokenContent = {
  issuer: tenant.issuer,
  client: appLike(),
  audience: [API],
  scope: 'api.read',
  jti: 'id',
  issuedAt: NOW_SECONDS,
  lifetimeSeconds: 300,
};
const client = { iss: tenant.issuer, sub: 'app', aud: API, client_id: 'app', iat: NOW_SECONDS, jti: 'id' };

describe('RFC 9068 §2.2 the claims of an access token', () => {
  it('S-061 of a client itself have the client as subject and no sign-in', () => {
    expect(accessTokenClaims(content)).toEqual({ ...client, exp: NOW_SECONDS + 300, scope: 'api.read' });
  });

  it('of a user say how the user signed in', () => {
    const { subject } = standingLike();
    const { userId: sub, acr, amr, authTime: auth_time } = subject;
    const claims = accessTokenClaims({ ...content, subject });
    expect(claims).toEqual({ ...client, exp: NOW_SECONDS + 300, scope: 'api.read', sub, acr, amr, auth_time });
  });

  it('RFC 7523 §2.1 of a user who did not sign in here say nothing of it', () => {
    const { userId, authorizationId } = standingLike().subject;
    const claims = accessTokenClaims({ ...content, subject: { userId, authorizationId } });
    expect(Object.keys(claims).sort()).toEqual([...Object.keys(client), 'exp', 'scope'].sort());
  });

  it('RFC 8693 §4.1 name who acts, and whose token it is when it is another client’s', () => {
    const actor = { sub: 'api', act: { sub: 'app' } };
    const claims = accessTokenClaims({ ...content, actor, subjectClient: appLike({ client_id: 'robot' }) });
    expect(claims).toMatchObject({ sub: 'robot', client_id: 'app', act: actor });
  });

  it('hold one audience as text and several as a list', () => {
    expect(accessTokenClaims({ ...content, audience: [API, tenant.issuer] }).aud).toEqual([API, tenant.issuer]);
  });

  it('RFC 9449 §6.1 name the key they are bound to, and none where there is none', () => {
    const confirmation = { jkt: 'thumbprint' };
    expect(accessTokenClaims({ ...content, confirmation })).toMatchObject({ cnf: confirmation });
    expect(accessTokenClaims(content)).not.toHaveProperty('cnf');
  });

  it('have no scope when there is none', () => {
    expect(accessTokenClaims({ ...content, scope: '' })).not.toHaveProperty('scope');
  });

  it.each([
    [{ roles: ['reader'] }, { roles: ['reader'] }],
    [{ permissions: [] }, { permissions: [] }],
    [{}, {}],
  ])('hold the rights they are given: %j', (rights, expected) => {
    const { roles, permissions } = accessTokenClaims({ ...content, rights });
    expect({ roles, permissions }).toEqual({ roles: undefined, permissions: undefined, ...expected });
  });
});
