import type { ClientsService } from '@tokenidp/clients';
import { randomToken, sha256 } from '@tokenidp/kernel';
import type { JwtExpectation, Verifier } from '@tokenidp/keys';
import { FixedClock, tenant } from '../../test/samples';
import { appLike, AUTHORIZATION_ID, standingLike } from '../../test/token-samples';
import type { AccessTokensRepository } from './access-tokens.repository';
import { AccessTokens } from './access-tokens.service';

const OPAQUE = randomToken('tat');
const userClaims = { client_id: 'app', jti: `${AUTHORIZATION_ID}.abc` };
const clientClaims = { client_id: 'app', jti: 'abc' };

interface World {
  claims: object | null;
  standing: object | null;
  revoked: boolean;
  opaque: object | null;
  status: string;
}

function setUp(changes: Partial<World> = {}) {
  const world: World = {
    claims: null,
    standing: standingLike(),
    revoked: false,
    opaque: null,
    status: 'active',
    ...changes,
  };
  const reads: string[] = [];
  const expected: JwtExpectation[] = [];
  const read = <T>(name: string, value: T) => {
    reads.push(name);
    return Promise.resolve(value);
  };
  const repository = {
    findOpaque: (_id: string, hash: string) => read('opaque', hash === sha256(OPAQUE) ? world.opaque : null),
    findStanding: (_id: string, authorizationId: string) =>
      read('standing', authorizationId === AUTHORIZATION_ID ? world.standing : null),
    isRevoked: () => read('revoked', world.revoked),
  };
  const verifier = {
    verify: async (_tenant: unknown, _jwt: string, expectation: JwtExpectation) => {
      expected.push(expectation);
      return world.claims && { claims: world.claims };
    },
  };
  const clients = {
    find: async (_id: string, clientId: string) =>
      clientId === 'app' ? appLike({ status: world.status as 'active' }) : null,
  };
  const accessTokens = new AccessTokens(
    repository as unknown as AccessTokensRepository,
    verifier as unknown as Verifier,
    clients as unknown as ClientsService,
    new FixedClock(),
  );
  return { find: (token = 'a.b.c') => accessTokens.find(tenant, token), reads, expected };
}

describe('RFC 9068 §4, RFC 7662 §2.2 an access token is good', () => {
  it('when it is a JWT of a user whose authorization stands: one read', async () => {
    const { find, reads, expected } = setUp({ claims: userClaims });
    await expect(find()).resolves.toMatchObject({
      claims: userClaims,
      standing: { authorizationId: AUTHORIZATION_ID },
    });
    expect(reads).toEqual(['standing']);
    expect(expected).toEqual([{ type: 'at+jwt' }]);
  });

  it('when it is a JWT of a client itself that was not revoked: one read', async () => {
    const { find, reads } = setUp({ claims: clientClaims });
    await expect(find()).resolves.toMatchObject({ claims: clientClaims, standing: null });
    expect(reads).toEqual(['revoked']);
  });

  it.each([
    ['a user', standingLike()],
    ['a client itself', null],
  ])('when it is a reference of %s: one read', async (_name, standing) => {
    const { find, reads } = setUp({ opaque: { claims: userClaims, standing } });
    await expect(find(OPAQUE)).resolves.toMatchObject({ claims: userClaims, standing });
    expect(reads).toEqual(['opaque']);
  });

  it.each([
    ['a JWT that does not verify', {}, 'a.b.c'],
    [
      'S-037 a JWT whose authorization was revoked',
      { claims: userClaims, standing: standingLike({ stands: false }) },
      'a.b.c',
    ],
    ['a JWT that was revoked or whose authorization is gone', { claims: userClaims, standing: null }, 'a.b.c'],
    ['a JWT of a client itself that was revoked', { claims: clientClaims, revoked: true }, 'a.b.c'],
    ['a JWT of a disabled client', { claims: clientClaims, status: 'disabled' }, 'a.b.c'],
    ['a JWT of a client that is gone', { claims: { ...clientClaims, client_id: 'gone' } }, 'a.b.c'],
    [
      'S-061 a JWT of a client that had the name before and was deleted',
      { claims: { ...clientClaims, iat: Date.parse('2025-12-31T23:59:59Z') / 1000 } },
      'a.b.c',
    ],
    ['a reference nobody knows', {}, OPAQUE],
    [
      'a reference without standing',
      { opaque: { claims: userClaims, standing: standingLike({ stands: false }) } },
      OPAQUE,
    ],
    ['a refresh token', {}, randomToken('trt')],
  ])('not when it is %s', async (_name, world, token) => {
    await expect(setUp(world).find(token)).resolves.toBeNull();
  });
});
