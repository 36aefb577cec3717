import type { AuditService } from '@tokenidp/audit';
import { randomToken, sha256, UnavailableError } from '@tokenidp/kernel';
import { FixedClock, NOW, refusalOf, tenant } from '../../test/samples';
import {
  appLike,
  AUTHORIZATION_ID,
  context,
  database,
  FakeAudit,
  NOW_SECONDS,
  standingLike,
} from '../../test/token-samples';
import type { AccessTokensRepository } from './access-tokens.repository';
import type { AccessTokens } from './access-tokens.service';
import type { Authorizations } from './authorizations.service';
import type { RefreshTokensRepository } from './refresh-tokens.repository';
import { Revoker } from './revoker';

const REFRESH = randomToken('trt');
const OPAQUE = randomToken('tat');
const claims = { jti: 'jti', exp: NOW_SECONDS + 60 };

function setUp(stored = true) {
  const writes: unknown[] = [];
  const audit = new FakeAudit();
  const write = (name: string) => async (_tenantId: string, what: unknown) => {
    writes.push([name, what]);
    return stored;
  };
  const revoker = new Revoker(
    database,
    {
      find: async (_id: string, hash: string) => (hash === sha256(REFRESH) ? { standing: standingLike() } : null),
    } as unknown as RefreshTokensRepository,
    {
      find: async (_t: unknown, token: string) =>
        ['jwt', OPAQUE].includes(token) ? { claims, client: appLike() } : null,
    } as unknown as AccessTokens,
    { revokeJwt: write('jwt'), revokeOpaque: write('opaque') } as unknown as AccessTokensRepository,
    { revoke: write('authorization') } as unknown as Authorizations,
    audit as unknown as AuditService,
    new FixedClock(),
  );
  const revoke = (token: string, client = appLike()) => revoker.revoke({ tenant, client, token, context });
  return { revoke, writes, audit };
}

describe('RFC 7009 §2.1, §2.2 S-080 revocation', () => {
  it.each([
    ['a refresh token with its whole authorization', REFRESH, ['authorization', AUTHORIZATION_ID], 'authorization'],
    [
      'a JWT until it would have expired',
      'jwt',
      ['jwt', { jti: 'jti', expiresAt: new Date(NOW.getTime() + 60_000) }],
      'access_token',
    ],
    ['a reference', OPAQUE, ['opaque', { hash: sha256(OPAQUE), now: NOW }], 'access_token'],
  ])('takes back %s', async (_name, token, write, type) => {
    const { revoke, writes, audit } = setUp();
    await revoke(token);
    expect(writes).toEqual([write]);
    expect(audit.events).toMatchObject([{ event: 'token.revoked', target: { type }, request: context }]);
  });

  it('records only once what is revoked twice', async () => {
    const { revoke, audit } = setUp(false);
    await expect(revoke(REFRESH)).resolves.toBeUndefined();
    expect(audit.events).toEqual([]);
  });

  it.each(['garbage', randomToken('trt'), randomToken('tat')])(
    'is done when nobody knows the token: %s',
    async (token) => {
      const { revoke, writes } = setUp();
      await expect(revoke(token)).resolves.toBeUndefined();
      expect(writes).toEqual([]);
    },
  );

  it.each([REFRESH, OPAQUE, 'jwt'])('refuses the token of another client and leaves it as it is: %s', async (token) => {
    const { revoke, writes } = setUp();
    await expect(refusalOf(() => revoke(token, appLike({ id: 'other' })))).resolves.toBe('invalid_grant');
    expect(writes).toEqual([]);
  });

  it('fails when it cannot be stored', async () => {
    const { revoke } = setUp();
    jest.spyOn(database, 'transaction').mockRejectedValueOnce(new UnavailableError(2));
    await expect(revoke(REFRESH)).rejects.toBeInstanceOf(UnavailableError);
  });
});
