import { ExchangesRepository } from '../../libs/oauth/src/tokens/exchanges.repository';
import type { NewRefreshToken } from '../../libs/oauth/src/tokens/refresh-tokens';
import { RefreshTokensRepository } from '../../libs/oauth/src/tokens/refresh-tokens.repository';
import { onEveryDatabase } from '../support/contract';
import { later, newAccessToken, newRefreshToken, NOW, TokenWorld } from '../support/token-rows';

onEveryDatabase('exchanges', (context) => {
  const world = new TokenWorld(() => context.database);
  const exchanges = (database = context.database) => new ExchangesRepository(database);
  const find = async (token: NewRefreshToken) =>
    (await new RefreshTokensRepository(context.database).find(world.tenantId, token.hash))!;

  beforeAll(() => world.begin());

  /** An authorization with a refresh token that was bought with its code. */
  async function granted(changes: Partial<NewRefreshToken> = {}) {
    const { authorizationId, codeId } = await world.grant();
    const token = newRefreshToken(changes);
    expect(await exchanges().redeemCode(world.record(authorizationId), codeId, token)).toBe(true);
    return { authorizationId, token };
  }

  describe('OAuth 2.1 §4.1.3 redeeming a code', () => {
    it('writes all that follows from it, once', async () => {
      const { authorizationId, codeId } = await world.grant();
      const [refresh, access] = [newRefreshToken(), newAccessToken()];
      const record = world.record(authorizationId, { access });
      expect(await exchanges().redeemCode(record, codeId, refresh)).toBe(true);
      expect(await world.rows('authorization_code', 'id', codeId)).toMatchObject([{ redeemedAt: NOW }]);
      expect(await world.rows('refresh_token', 'id', refresh.id)).toMatchObject([{ authorizationId, createdAt: NOW }]);
      expect(await world.rows('access_token', 'id', access.id)).toMatchObject([{ authorizationId, hash: access.hash }]);
      expect(await world.count('audit_event', 'id', record.audit.auditId!)).toBe(1);
    });

    it('writes neither token when there is none', async () => {
      const { authorizationId, codeId } = await world.grant();
      expect(await exchanges().redeemCode(world.record(authorizationId), codeId, null)).toBe(true);
      expect(await world.count('refresh_token', 'authorizationId', authorizationId)).toBe(0);
      expect(await world.count('access_token', 'authorizationId', authorizationId)).toBe(0);
    });

    it('S-039 writes nothing for a code that is over', async () => {
      const { authorizationId, codeId } = await world.grant();
      const record = world.record(authorizationId, { now: later(60) });
      expect(await exchanges().redeemCode(record, codeId, newRefreshToken())).toBe(false);
      expect(await world.count('refresh_token', 'authorizationId', authorizationId)).toBe(0);
      expect(await world.count('audit_event', 'id', record.audit.auditId!)).toBe(0);
    });

    it('writes nothing for the code of another tenant', async () => {
      const { authorizationId, codeId } = await world.grant();
      const record = world.record(authorizationId, { tenantId: authorizationId });
      expect(await exchanges().redeemCode(record, codeId, null)).toBe(false);
    });

    it('S-036 succeeds for exactly one of many on two instances', async () => {
      const { authorizationId, codeId } = await world.grant();
      const { database } = await context.another();
      const attempts = Array.from({ length: 10 }, (_, n) =>
        exchanges(n % 2 ? database : undefined).redeemCode(world.record(authorizationId), codeId, newRefreshToken()),
      );
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
      expect(await world.count('refresh_token', 'authorizationId', authorizationId)).toBe(1);
    });
  });

  describe('OAuth 2.1 §4.3.1 using a refresh token that stays', () => {
    it('S-074 moves its idle end', async () => {
      const { authorizationId, token } = await granted();
      const record = world.record(authorizationId, { now: later(10), access: newAccessToken() });
      expect(await exchanges().useRefreshToken(record, token.id, later(5000))).toBe(true);
      expect(await find(token)).toMatchObject({
        idleExpiresAt: later(5000),
        absoluteExpiresAt: later(7200),
        lastUsedAt: later(10),
      });
      expect(await world.count('access_token', 'authorizationId', authorizationId)).toBe(1);
    });

    it('leaves its ends when they were moved a moment ago', async () => {
      const { authorizationId, token } = await granted();
      const record = world.record(authorizationId, { now: later(10), access: newAccessToken() });
      expect(await exchanges().useRefreshToken(record, token.id, null)).toBe(true);
      expect(await find(token)).toMatchObject({ lastUsedAt: null, idleExpiresAt: token.idleExpiresAt });
      expect(await world.count('access_token', 'authorizationId', authorizationId)).toBe(1);
      expect(await world.count('audit_event', 'id', record.audit.auditId!)).toBe(1);
    });

    it('writes nothing after its end', async () => {
      const { authorizationId, token } = await granted();
      const record = world.record(authorizationId, { now: later(3600), access: newAccessToken() });
      for (const end of [later(9000), null]) {
        expect(await exchanges().useRefreshToken(record, token.id, end)).toBe(false);
      }
      expect(await world.count('access_token', 'authorizationId', authorizationId)).toBe(0);
    });
  });

  describe('RFC 9700 §4.14.2 rotating a refresh token', () => {
    async function rotated() {
      const { authorizationId, token } = await granted();
      const successor = newRefreshToken({ parentId: token.id });
      const record = world.record(authorizationId);
      expect(await exchanges().rotateRefreshToken(record, token.id, successor)).toBe(true);
      return { authorizationId, token, successor };
    }

    it('S-071 stores its successor and ends it', async () => {
      const { authorizationId, token, successor } = await rotated();
      expect(await find(token)).toMatchObject({
        rotatedAt: NOW,
        successorId: successor.id,
        successorHash: successor.hash,
      });
      expect(await find(successor)).toMatchObject({ rotatedAt: null, standing: { authorizationId } });
      const record = world.record(authorizationId);
      expect(await exchanges().useRefreshToken(record, token.id, later(5000))).toBe(false);
      expect(await exchanges().rotateRefreshToken(record, token.id, newRefreshToken())).toBe(false);
    });

    it('S-071 has one successor, however many ask at once on two instances', async () => {
      const { authorizationId, token } = await granted();
      const { database } = await context.another();
      const attempts = Array.from({ length: 10 }, (_, n) =>
        exchanges(n % 2 ? database : undefined).rotateRefreshToken(
          world.record(authorizationId),
          token.id,
          newRefreshToken({ parentId: token.id }),
        ),
      );
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
      expect(await world.count('refresh_token', 'parentId', token.id)).toBe(1);
    });

    it('S-072 can be repeated once within the grace', async () => {
      const { authorizationId, token, successor } = await rotated();
      const repeat = { usedId: token.id, successorId: successor.id, rotatedAfter: later(-10) };
      const attempts = [1, 2, 3].map(() => exchanges().repeatRotation(world.record(authorizationId), repeat));
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
    });

    it('S-072 cannot be repeated after the grace', async () => {
      const { authorizationId, token, successor } = await rotated();
      const repeat = { usedId: token.id, successorId: successor.id, rotatedAfter: NOW };
      expect(await exchanges().repeatRotation(world.record(authorizationId), repeat)).toBe(false);
    });

    it('S-072 cannot be repeated when the successor was used', async () => {
      const { authorizationId, token, successor } = await rotated();
      const record = world.record(authorizationId);
      const next = newRefreshToken({ parentId: successor.id });
      expect(await exchanges().rotateRefreshToken(record, successor.id, next)).toBe(true);
      const repeat = { usedId: token.id, successorId: successor.id, rotatedAfter: later(-10) };
      expect(await exchanges().repeatRotation(world.record(authorizationId), repeat)).toBe(false);
    });
  });
});
