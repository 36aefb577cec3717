import { randomToken, sha256 } from '@tokenidp/kernel';
import { assignmentOf, FixedClock, NOW, subjects, tenant, user } from '../../test/samples';
import { API, appLike, NOW_SECONDS, standingLike } from '../../test/token-samples';
import type { AccessTokens } from './access-tokens.service';
import { Introspector } from './introspector';
import type { RefreshTokensRepository } from './refresh-tokens.repository';

const REFRESH = randomToken('trt');
const claims = {
  iss: tenant.issuer,
  sub: user.id,
  aud: [API, tenant.issuer],
  client_id: 'app',
  scope: 'openid',
  jti: 'x',
};
const later = new Date(NOW.getTime() + 60_000);
const stored = {
  scope: 'openid offline_access',
  createdAt: NOW,
  idleExpiresAt: later,
  rotatedAt: null,
  revokedAt: null,
  standing: standingLike(),
};

function setUp(refresh: object = {}, standing: object | null = standingLike(), more: object = {}) {
  const accessTokens = {
    find: async (_tenant: unknown, token: string) =>
      token === 'good' ? { claims: { ...claims, ...more }, client: appLike(), standing } : null,
  };
  const refreshTokens = {
    find: async (_id: string, hash: string) => (hash === sha256(REFRESH) ? { ...stored, ...refresh } : null),
  };
  const introspector = new Introspector(
    accessTokens as unknown as AccessTokens,
    refreshTokens as unknown as RefreshTokensRepository,
    subjects,
    new FixedClock(),
  );
  return (token: string, caller = appLike()) => introspector.introspect(tenant, caller, token);
}

const inactive = { active: false };
const other = (changes = {}) => appLike({ id: 'other', client_id: 'other', ...changes });

describe('RFC 7662 §2.1, §2.2 introspection', () => {
  it('says of an access token what is in it, and who the user is', async () => {
    await expect(setUp()('good')).resolves.toEqual({ active: true, ...claims, token_type: 'Bearer', username: 'ada' });
  });

  it.each([
    [{ jkt: 'thumbprint' }, 'DPoP'],
    [{ 'x5t#S256': 'thumbprint' }, 'Bearer'],
  ])('RFC 9449 §6.2 says of a bound token by which key: %j', async (cnf, token_type) => {
    await expect(setUp({}, standingLike(), { cnf })('good')).resolves.toMatchObject({ active: true, cnf, token_type });
  });

  it('names no user for a token of a client itself', async () => {
    await expect(setUp({}, null)('good')).resolves.not.toHaveProperty('username');
  });

  it('says of a refresh token how long it is good', async () => {
    await expect(setUp()(REFRESH)).resolves.toEqual({
      active: true,
      scope: stored.scope,
      client_id: 'app',
      username: 'ada',
      sub: user.id,
      iss: tenant.issuer,
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + 60,
    });
  });

  it('RFC 9396 §9.2 says of a refresh token which details were granted', async () => {
    const standing = standingLike({ authorizationDetails: [{ type: 'payment' }] });
    await expect(setUp({ standing })(REFRESH)).resolves.toMatchObject({
      authorization_details: [{ type: 'payment' }],
    });
  });

  it.each([
    ['was rotated', { rotatedAt: NOW }],
    ['was revoked', { revokedAt: NOW }],
    ['has expired', { idleExpiresAt: NOW }],
    ['has lost its authorization', { standing: standingLike({ stands: false }) }],
  ])('says nothing of a refresh token that %s', async (_name, refresh) => {
    await expect(setUp(refresh)(REFRESH)).resolves.toEqual(inactive);
  });

  it('says nothing of what is no token', async () => {
    await expect(setUp()('garbage')).resolves.toEqual(inactive);
    await expect(setUp()(randomToken('trt'))).resolves.toEqual(inactive);
  });
});

describe('RFC 7662 §4 S-081 who may introspect an access token', () => {
  it.each([
    ['the client it was issued to', appLike(), true],
    ['a client of the API it is for', other({ assignments: [assignmentOf(API, [])] }), true],
    ['the client that is the audience', other({ client_id: API }), true],
    ['a client of another API', other({ assignments: [assignmentOf('https://other.example', ['x'])] }), false],
    ['any other client', other(), false],
  ])('%s: %s', async (_name, caller, active) => {
    await expect(setUp()('good', caller)).resolves.toMatchObject({ active });
    if (!active) await expect(setUp()('good', caller)).resolves.toEqual(inactive);
  });

  it('and a refresh token: its client alone', async () => {
    const caller = other({ assignments: [assignmentOf(API, ['x'])] });
    await expect(setUp()(REFRESH, caller)).resolves.toEqual(inactive);
  });
});
