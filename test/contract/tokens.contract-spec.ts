import { newId, sha256 } from '@tokenidp/kernel';
import { AccessTokensRepository } from '../../libs/oauth/src/tokens/access-tokens.repository';
import { AuthorizationsRepository } from '../../libs/oauth/src/tokens/authorizations.repository';
import { ExchangesRepository } from '../../libs/oauth/src/tokens/exchanges.repository';
import { AuthorizationPurgeRepository } from '../../libs/oauth/src/tokens/authorization-purge.repository';
import { PurgeRepository } from '../../libs/oauth/src/tokens/purge.repository';
import { RefreshTokensRepository } from '../../libs/oauth/src/tokens/refresh-tokens.repository';
import { ReplaysRepository } from '../../libs/oauth/src/tokens/replays.repository';
import { onEveryDatabase } from '../support/contract';
import { later, newAccessToken, newRefreshToken, NOW, TokenWorld } from '../support/token-rows';

onEveryDatabase('tokens', (context) => {
  const world = new TokenWorld(() => context.database);
  const accessTokens = () => new AccessTokensRepository(context.database);
  const refreshTokens = () => new RefreshTokensRepository(context.database);
  const { tenantId, clientId, userId } = world;

  beforeAll(() => world.begin());

  async function redeemed(access = newAccessToken(), refresh = newRefreshToken()) {
    const { authorizationId, codeId } = await world.grant();
    const record = world.record(authorizationId, { access });
    await new ExchangesRepository(context.database).redeemCode(record, codeId, refresh);
    return { authorizationId, access, refresh, codeId };
  }

  const revoke = (id: string) =>
    new AuthorizationsRepository(context.database).revoke(tenantId, id, { reason: 'test', now: NOW });

  describe('RFC 6749 §6 a refresh token', () => {
    it('is found with its authorization and user', async () => {
      const { authorizationId, refresh } = await redeemed();
      expect(await refreshTokens().find(tenantId, refresh.hash)).toEqual({
        ...{ id: refresh.id, scope: 'openid', confirmation: null, createdAt: NOW },
        ...{ idleExpiresAt: refresh.idleExpiresAt, absoluteExpiresAt: refresh.absoluteExpiresAt },
        ...{ lastUsedAt: null, rotatedAt: null, revokedAt: null, successorId: null, successorHash: null },
        standing: expect.objectContaining({ authorizationId, clientId, stands: true, resources: [], claims: null }),
      });
    });

    it('RFC 9449 §5 is found with the key it is bound to, and so is its successor', async () => {
      const confirmation = { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' };
      const { authorizationId, refresh } = await redeemed(newAccessToken(), newRefreshToken({ confirmation }));
      expect(await refreshTokens().find(tenantId, refresh.hash)).toMatchObject({ confirmation });
      const successor = newRefreshToken({ parentId: refresh.id, confirmation });
      const record = world.record(authorizationId);
      await new ExchangesRepository(context.database).rotateRefreshToken(record, refresh.id, successor);
      expect(await refreshTokens().find(tenantId, successor.hash)).toMatchObject({ confirmation });
    });

    it('S-075 does not stand when the authorization was revoked', async () => {
      const { authorizationId, refresh } = await redeemed();
      await revoke(authorizationId);
      expect(await refreshTokens().find(tenantId, refresh.hash)).toMatchObject({ standing: { stands: false } });
    });

    it('is unknown to another tenant', async () => {
      const { refresh } = await redeemed();
      expect(await refreshTokens().find(newId(), refresh.hash)).toBeNull();
    });
  });

  describe('RFC 7662 §2.2 an opaque access token', () => {
    it('of a user is found with what it hangs from', async () => {
      const { access, authorizationId } = await redeemed();
      const found = await accessTokens().findOpaque(tenantId, access.hash, NOW);
      expect(found).toMatchObject({
        claims: access.claims,
        standing: { authorizationId, user: { id: userId, username: 'ada' }, subject: { acr: 'one', amr: ['pwd'] } },
      });
    });

    it('of a client itself hangs from nothing', async () => {
      const token = newAccessToken();
      await accessTokens().insert(tenantId, { ...token, clientId, createdAt: NOW });
      const found = await accessTokens().findOpaque(tenantId, token.hash, NOW);
      expect(found).toEqual({ claims: token.claims, standing: null });
    });

    it('is not found at its end, nor by another tenant', async () => {
      const { access } = await redeemed();
      expect(await accessTokens().findOpaque(tenantId, access.hash, access.expiresAt)).toBeNull();
      expect(await accessTokens().findOpaque(newId(), access.hash, NOW)).toBeNull();
    });

    it('RFC 7009 §2.1 is revoked once, and is not found any more', async () => {
      const { access } = await redeemed();
      const revokeOpaque = () =>
        context.database.transaction((tx) =>
          accessTokens().revokeOpaque(tenantId, { hash: access.hash, now: NOW }, tx),
        );
      expect([await revokeOpaque(), await revokeOpaque()]).toEqual([true, false]);
      expect(await accessTokens().findOpaque(tenantId, access.hash, NOW)).toBeNull();
    });
  });

  describe('RFC 9068 §4 a JWT access token', () => {
    const revokeJwt = (jti: string) =>
      context.database.transaction((tx) => accessTokens().revokeJwt(tenantId, { jti, expiresAt: later(300) }, tx));

    it('stands with its authorization, until it is revoked itself', async () => {
      const { authorizationId } = await redeemed();
      const [jti, other] = [`${authorizationId}.a`, `${authorizationId}.b`];
      expect([await revokeJwt(jti), await revokeJwt(jti)]).toEqual([true, false]);
      expect(await accessTokens().findStanding(tenantId, authorizationId, jti)).toBeNull();
      expect(await accessTokens().findStanding(tenantId, authorizationId, other)).toMatchObject({ stands: true });
      await revoke(authorizationId);
      expect(await accessTokens().findStanding(tenantId, authorizationId, other)).toMatchObject({ stands: false });
    });

    it('of a client itself is known when it was revoked', async () => {
      const jti = newId();
      expect(await accessTokens().isRevoked(tenantId, jti)).toBe(false);
      await revokeJwt(jti);
      expect(await accessTokens().isRevoked(tenantId, jti)).toBe(true);
      expect(await accessTokens().isRevoked(newId(), jti)).toBe(false);
    });
  });

  describe('RFC 7523 §3 S-056 a jti', () => {
    it('is spent once, on whichever instance', async () => {
      const { database } = await context.another();
      const key = sha256(newId());
      const spend = (n: number) =>
        new ReplaysRepository(n % 2 ? database : context.database).spend(tenantId, key, later(60));
      const spent = await Promise.all(Array.from({ length: 10 }, (_, n) => spend(n)));
      expect(spent.filter(Boolean)).toHaveLength(1);
      expect(await new ReplaysRepository(database).spend(newId(), key, later(60))).toBe(true);
    });

    it('S-116 is spent once, however many are spent together, and in whichever order', async () => {
      const { database } = await context.another();
      const instances = [new ReplaysRepository(database), new ReplaysRepository(context.database)];
      const keys = Array.from({ length: 150 }, () => sha256(newId()));
      const spent = await Promise.all(
        [keys, keys.toReversed(), keys].flatMap((order, n) =>
          order.map(async (key) => ((await instances[n % 2]!.spend(tenantId, key, later(60))) ? [key] : [])),
        ),
      );
      expect(spent.flat().sort()).toEqual(keys.toSorted());
    });
  });

  describe('purging', () => {
    it('deletes what was over before the instant, in batches, and the authorization last', async () => {
      const { authorizationId, access, refresh, codeId } = await redeemed(
        newAccessToken({ expiresAt: later(10) }),
        newRefreshToken({ idleExpiresAt: later(20), absoluteExpiresAt: later(20) }),
      );
      const purge = new PurgeRepository(context.database);
      const authorizations = new AuthorizationPurgeRepository(context.database);
      const left = async () => [
        await world.count('authorization_code', 'id', codeId),
        await world.count('access_token', 'id', access.id),
        await world.count('refresh_token', 'id', refresh.id),
        await world.count('authorization', 'id', authorizationId),
      ];
      const purgeAll = async (before: Date) => {
        for (const table of purge.tables) while ((await purge.purge(table, before, 2)) > 0);
        for (let after: Date | null = new Date(0); after;) after = (await authorizations.purge(after, before, 2)).until;
      };
      await purgeAll(later(15));
      expect(await left()).toEqual([1, 0, 1, 1]);
      await purgeAll(later(90));
      expect(await left()).toEqual([0, 0, 0, 0]);
    });

    it('leaves what is still good', async () => {
      const key = sha256(newId());
      const replays = new ReplaysRepository(context.database);
      await replays.spend(tenantId, key, later(1000));
      expect(await new PurgeRepository(context.database).purge('replay', later(999), 1000)).toBeGreaterThanOrEqual(0);
      expect(await replays.spend(tenantId, key, later(1000))).toBe(false);
    });
  });
});
