import { auditParameters } from '@tokenidp/audit';
import { newId, sha256 } from '@tokenidp/kernel';
import {
  type AssertionRecord,
  GrantAssertionsRepository,
} from '../../libs/oauth/src/jwt-bearer/grant-assertions.repository';
import { SessionAuthorizationsRepository } from '../../libs/oauth/src/token-exchange/session-authorizations.repository';
import { AccessTokensRepository } from '../../libs/oauth/src/tokens/access-tokens.repository';
import { AuthorizationsRepository } from '../../libs/oauth/src/tokens/authorizations.repository';
import { onEveryDatabase } from '../support/contract';
import { insertRow } from '../support/rows';
import { later, newAccessToken, NOW, TokenWorld } from '../support/token-rows';

onEveryDatabase('grants that need no code', (context) => {
  const world = new TokenWorld(() => context.database);
  const assertions = (database = context.database) => new GrantAssertionsRepository(database);

  beforeAll(() => world.begin());

  function record(changes: Partial<AssertionRecord> = {}): AssertionRecord {
    const { tenantId, clientId, userId } = world;
    const event = { event: 'token.issued', result: 'success', actor: { type: 'user', id: userId } } as const;
    return {
      ...{
        tenantId,
        clientId,
        userId,
        authorizationId: newId(),
        scope: 'api.read',
        resources: ['https://api.example'],
      },
      ...{ replayKey: sha256(newId()), replayExpiresAt: later(60), now: NOW, access: newAccessToken() },
      audit: auditParameters(tenantId, event, NOW),
      ...changes,
    };
  }

  describe('RFC 7523 §3 no. 7 an assertion', () => {
    it('is spent with all that follows from it', async () => {
      const row = record();
      expect(await assertions().redeem(row)).toBe(true);
      const [authorization] = await world.rows('authorization', 'id', row.authorizationId!);
      expect(authorization).toMatchObject({ scope: 'api.read', sessionId: null, authTime: null, acr: null, amr: null });
      expect(await world.count('audit_event', 'id', row.audit.auditId!)).toBe(1);
      const found = await new AccessTokensRepository(context.database).findOpaque(
        world.tenantId,
        row.access!.hash,
        NOW,
      );
      expect(found?.standing).toMatchObject({ stands: true, authorizationId: row.authorizationId });
      expect(found?.standing?.subject).toMatchObject({ authTime: undefined, acr: undefined, amr: undefined });
    });

    it('is spent once; a second time nothing is written', async () => {
      const first = record();
      expect(await assertions().redeem(first)).toBe(true);
      const second = record({ replayKey: first.replayKey });
      expect(await assertions().redeem(second)).toBe(false);
      expect(await world.count('authorization', 'id', second.authorizationId!)).toBe(0);
      expect(await world.count('access_token', 'id', second.access!.id)).toBe(0);
      expect(await world.count('audit_event', 'id', second.audit.auditId!)).toBe(0);
    });

    it('S-056 is spent by one of many on two instances', async () => {
      const { database } = await context.another();
      const { replayKey } = record();
      const attempts = Array.from({ length: 10 }, (_, n) =>
        assertions(n % 2 ? database : undefined).redeem(record({ replayKey })),
      );
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
    });

    it('about the client itself leaves no authorization, and a JWT no token', async () => {
      const row = record({ authorizationId: undefined, userId: undefined, access: null });
      expect(await assertions().redeem(row)).toBe(true);
      expect(await world.count('audit_event', 'id', row.audit.auditId!)).toBe(1);
    });
  });

  describe('RFC 8693 §2.1 what an ID token stands for', () => {
    const sessions = () => new SessionAuthorizationsRepository(context.database);

    /** A session with an authorization of it that is as old as is said. */
    async function signedIn(endedAt: Date | null = null) {
      const { tenantId, userId } = world;
      const sessionId = newId();
      await insertRow(context.database, 'session', {
        ...{ tenantId, id: sessionId, userId, amr: '[]', endedAt },
        ...{ idleExpiresAt: later(60), absoluteExpiresAt: later(120) },
      });
      const { authorizationId } = await world.grant(sessionId);
      return { sessionId, authorizationId };
    }

    const find = (sessionId: string, changes: object = {}) => {
      const { tenantId, userId, clientId } = world;
      const signIn = { sessionId, userId, clientId, issuedAt: later(1), now: later(1), ...changes };
      return sessions().findLatest(tenantId, signIn);
    };

    it('is the latest authorization of its session that was there by then', async () => {
      const { sessionId, authorizationId } = await signedIn();
      expect(await find(sessionId)).toMatchObject({ scope: 'openid', standing: { authorizationId, stands: true } });
      expect(await find(sessionId, { issuedAt: later(-1) })).toBeNull();
      expect(await find(sessionId, { userId: newId() })).toBeNull();
      expect(await find(sessionId, { clientId: newId() })).toBeNull();
      expect(await find(newId())).toBeNull();
    });

    it('is nothing once the session has ended, or the authorization was taken back', async () => {
      const { sessionId, authorizationId } = await signedIn();
      expect(await find(sessionId, { now: later(60) })).toBeNull();
      const authorizations = new AuthorizationsRepository(context.database);
      await authorizations.revoke(world.tenantId, authorizationId, { reason: 'test', now: NOW });
      expect(await find(sessionId)).toBeNull();
      expect(await find((await signedIn(later(-1))).sessionId)).toBeNull();
    });
  });
});
