import type { Resource } from '@tokenidp/clients';
import { hasTokenForm, sha256 } from '@tokenidp/kernel';
import type { User } from '@tokenidp/users';
import { assignmentOf, NOW, tenant, user } from '../../test/samples';
import { API, appLike, issuer, NOW_SECONDS, signed, standingLike } from '../../test/token-samples';
import { accessTokenHash } from './id-token';

const resource = (changes: Partial<Resource> = {}) =>
  assignmentOf(API, ['api.read'], { tokenFormat: 'jwt', algorithm: 'EdDSA', ...changes }).resource;
const target = (changes?: Partial<Resource>) => ({
  audience: [API],
  resources: [resource(changes)],
  scope: 'api.read',
});
const { subject } = standingLike();
const order = { tenant, client: appLike(), now: NOW };

describe('RFC 9068 §2 an access token', () => {
  it("is signed with the resource's algorithm as at+jwt", async () => {
    const { token, row } = await issuer.accessToken({ ...order, target: target(), subject });
    expect(signed(token)).toMatchObject({ algorithm: 'EdDSA', type: 'at+jwt', claims: { aud: API, sub: user.id } });
    expect(row).toBeNull();
  });

  it("FAPI 2.0 §5.4.1 is signed with another of the tenant's algorithms where the client's profile wants one", async () => {
    const rsa = target({ algorithm: 'RS256' });
    const strict = appLike({ security_profile: 'fapi2-security' });
    expect(signed((await issuer.accessToken({ ...order, target: rsa, subject })).token).algorithm).toBe('RS256');
    const { token } = await issuer.accessToken({ ...order, client: strict, target: rsa, subject });
    expect(signed(token).algorithm).toBe('ES256');
  });

  it("is signed with the tenant's first algorithm when it is for the provider alone", async () => {
    const own = { audience: [tenant.issuer], resources: [], scope: 'openid' };
    expect(signed((await issuer.accessToken({ ...order, target: own, subject })).token).algorithm).toBe('ES256');
  });

  it.each([
    ['the tenant for users', { client: {}, api: {}, subject }, 300],
    ['the tenant for bound ones of users', { client: {}, api: {}, subject, confirmation: { jkt: 'key' } }, 900],
    ['the tenant for clients themselves', { client: {}, api: {}, subject: undefined }, 600],
    ['the resource', { client: {}, api: { accessTokenSeconds: 120 }, subject }, 120],
    ['the client before the resource', { client: { access_token_seconds: 90 }, api: { accessTokenSeconds: 120 } }, 90],
  ])('S-102 lives as long as %s says', async (_name, { client, api, ...rest }, seconds) => {
    const changed = { ...order, ...rest, client: appLike(client), target: target(api) };
    const { token, expiresInSeconds } = await issuer.accessToken(changed);
    expect(expiresInSeconds).toBe(seconds);
    expect(signed(token).claims.exp).toBe(NOW_SECONDS + seconds);
  });

  it('is a reference where the resource wants one, and says the same when it is looked up', async () => {
    const { token, row } = await issuer.accessToken({ ...order, target: target({ tokenFormat: 'opaque' }), subject });
    expect(hasTokenForm('tat', token)).toBe(true);
    expect(row).toMatchObject({
      hash: sha256(token),
      scope: 'api.read',
      audience: [API],
      expiresAt: new Date(NOW.getTime() + 300_000),
      claims: { iss: tenant.issuer, aud: API, sub: user.id, exp: NOW_SECONDS + 300 },
    });
  });

  it.each([
    ['nothing', {}, true, { roles: undefined, permissions: undefined }],
    ['the roles of the user', { includeRoles: true }, true, { roles: ['reader'], permissions: undefined }],
    ['the permissions of the user', { includePermissions: true }, true, { permissions: ['things.read'] }],
    [
      'both of the client',
      { includeRoles: true, includePermissions: true },
      false,
      { roles: ['robot'], permissions: ['things.sync'] },
    ],
  ])('holds %s as the resource asks', async (_name, api, isOfUser, expected) => {
    const subjectOrNone = isOfUser ? subject : undefined;
    const { token } = await issuer.accessToken({ ...order, target: target(api), subject: subjectOrNone });
    const { roles, permissions } = signed(token).claims;
    expect({ roles, permissions }).toMatchObject(expected);
  });
});

describe('OIDC Core §2 an ID token', () => {
  const ada = {
    ...user,
    emailVerified: true,
    email: 'ada@example.com',
    claims: { name: 'Ada' },
    updatedAt: NOW,
  } as User;
  const idToken = async (changes: object = {}) =>
    signed(await issuer.idToken({ ...order, user: ada, subject, accessToken: 'token', ...changes }));

  it("is signed with the client's algorithm and tied to the access token", async () => {
    const { algorithm, type, claims } = await idToken();
    expect({ algorithm, type }).toEqual({ algorithm: 'RS256', type: 'JWT' });
    expect(claims).toMatchObject({ aud: 'app', at_hash: accessTokenHash('token', 'RS256'), exp: NOW_SECONDS + 600 });
  });

  it('S-045 holds no claim about the user that was not asked for', async () => {
    expect((await idToken()).claims).not.toHaveProperty('email');
    const { claims } = await idToken({ requested: { email: { essential: true } } });
    expect(claims).toMatchObject({ email: 'ada@example.com' });
    expect(claims).not.toHaveProperty('name');
  });

  it('lives as long as the client says, else the tenant', async () => {
    const { claims } = await idToken({ client: appLike({ id_token_seconds: 30 }) });
    expect(claims.exp).toBe(NOW_SECONDS + 30);
  });
});
