import { auditParameters } from '@tokenidp/audit';
import { Clock, newId, randomToken, sha256 } from '@tokenidp/kernel';
import { InteractionsRepository } from '../../libs/oauth/src/authorize/interactions.repository';
import { ConsentsRepository } from '../../libs/oauth/src/consents/consents.repository';
import {
  AuthorizationsRepository,
  type NewAuthorizationCode,
} from '../../libs/oauth/src/tokens/authorizations.repository';
import { onEveryDatabase } from '../support/contract';
import { insertRow } from '../support/rows';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

class StoppedClock extends Clock {
  now = (): Date => NOW;
}

onEveryDatabase('authorizations', (context) => {
  const tenantId = newId();
  const clientId = newId();
  const userId = newId();
  const sessionId = newId();
  const repository = (database = context.database) => new AuthorizationsRepository(database);
  const count = async (table: string, id: string): Promise<number> =>
    (await context.database.dataSource.query<unknown[]>(`SELECT id FROM "${table}" WHERE id = '${id}'`)).length;

  beforeAll(async () => {
    await insertRow(context.database, 'client', {
      tenantId,
      id: clientId,
      type: 'web',
      status: 'active',
      origin: 'admin',
    });
    await insertRow(context.database, 'user', {
      tenantId,
      id: userId,
      username: 'ada',
      usernameNormal: 'ada',
      status: 'active',
    });
    await insertRow(context.database, 'session', {
      ...{ tenantId, id: sessionId, userId, amr: '[]' },
      ...{ idleExpiresAt: later(60), absoluteExpiresAt: later(120), endedAt: null },
    });
  });

  function newCode(changes: Partial<NewAuthorizationCode> = {}): NewAuthorizationCode & { code: string } {
    const code = randomToken('tac');
    const authorizationId = newId();
    return {
      ...{ tenantId, authorizationId, clientId, userId, sessionId, scope: 'openid api.read', code },
      ...{ resources: ['https://api.example'], authorizationDetails: undefined },
      ...{ claims: { userinfo: { name: null } }, amr: ['pwd'], acr: 'one' },
      ...{ authTime: later(-30), now: NOW, codeId: newId(), hash: sha256(code), expiresAt: later(60) },
      ...{ redirectUri: 'https://app.example/cb', codeChallenge: 'challenge', nonce: 'n1', dpopJkt: 'thumbprint' },
      ...auditParameters(
        tenantId,
        { event: 'authorization.granted', result: 'success', actor: { type: 'user', id: userId } },
        NOW,
      ),
      ...changes,
    };
  }

  const issue = async (changes: Partial<NewAuthorizationCode> = {}) => {
    const { code: _code, ...row } = newCode(changes);
    await repository().issue(row);
    return row;
  };

  describe('a code', () => {
    it('OAuth 2.1 §4.1.2 is written with its authorization and its audit event, and found with all of them', async () => {
      const row = await issue();
      expect(await count('audit_event', row.auditId!)).toBe(1);
      expect(await repository().findCode(tenantId, row.hash, NOW)).toMatchObject({
        id: row.codeId,
        redirectUri: 'https://app.example/cb',
        codeChallenge: 'challenge',
        nonce: 'n1',
        dpopJkt: 'thumbprint',
        expiresAt: later(60),
        redeemedAt: null,
        scope: 'openid api.read',
        sessionIsLive: true,
        standing: {
          authorizationId: row.authorizationId,
          clientId,
          sessionId,
          resources: ['https://api.example'],
          claims: { userinfo: { name: null } },
          user: { id: userId, username: 'ada' },
          stands: true,
        },
      });
    });

    it('S-035 is not found by another tenant', async () => {
      const row = await issue();
      expect(await repository().findCode(newId(), row.hash, NOW)).toBeNull();
    });

    it('S-035 tells that its session has come to its end', async () => {
      const row = await issue();
      const isLive = async (at: Date) => (await repository().findCode(tenantId, row.hash, at))?.sessionIsLive;
      expect(await isLive(later(59))).toBe(true);
      expect(await isLive(later(60))).toBe(false);
      const orphan = await issue({ sessionId: newId() });
      expect(await repository().findCode(tenantId, orphan.hash, NOW)).toMatchObject({ sessionIsLive: false });
    });

    it('is written whole or not at all', async () => {
      const row = await issue();
      const twin = newCode({ hash: row.hash });
      const { code: _code, ...second } = twin;
      await expect(repository().issue(second)).rejects.toThrow();
      expect(await count('authorization', second.authorizationId)).toBe(0);
      expect(await count('audit_event', second.auditId!)).toBe(0);
    });

    it('is not written when what has to come before fails', async () => {
      const { code: _code, ...row } = newCode();
      await expect(repository().issueAfter(row, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await count('authorization', row.authorizationId)).toBe(0);
    });

    it('cannot hang from a client or a user of another tenant', async () => {
      const { code: _code, ...row } = newCode({ tenantId: newId() });
      await expect(repository().issue(row)).rejects.toThrow();
    });
  });

  describe('an authorization', () => {
    const stands = async (hash: string) => (await repository().findCode(tenantId, hash, NOW))?.standing.stands;

    it('RFC 9700 §4.14.2 is revoked once, in its own tenant', async () => {
      const row = await issue();
      const revoke = (tenant: string) => repository().revoke(tenant, row.authorizationId, { reason: 'test', now: NOW });
      expect(await revoke(newId())).toBe(false);
      expect(await stands(row.hash)).toBe(true);
      expect(await revoke(tenantId)).toBe(true);
      expect(await revoke(tenantId)).toBe(false);
      expect(await stands(row.hash)).toBe(false);
    });

    it('OIDC Core §11 falls with its session, unless it has offline_access', async () => {
      const ended = newId();
      const online = await issue({ sessionId: ended });
      const offline = await issue({ sessionId: ended, scope: 'openid offline_access email' });
      const lookalike = await issue({ sessionId: ended, scope: 'openid offline-access xoffline_access' });
      const elsewhere = await issue();
      expect(await repository().revokeOfSession(tenantId, ended, { reason: 'session-ended', now: NOW })).toBe(2);
      expect(await Promise.all([online, offline, lookalike, elsewhere].map(({ hash }) => stands(hash)))).toEqual([
        false,
        true,
        false,
        true,
      ]);
    });
  });

  describe('an interaction', () => {
    const interactions = (database = context.database) => new InteractionsRepository(database, new StoppedClock());
    const begin = async (expiresAt = later(1800)) => {
      const id = newId();
      const parameters = { client_id: 'app', state: '"\\ä', resource: ['https://a.example', 'https://b.example'] };
      await interactions().insert({
        tenantId,
        id,
        clientId,
        browserHash: sha256('b'),
        parameters,
        pushedRequestId: null,
        createdAt: NOW,
        expiresAt,
      });
      return { id, parameters };
    };

    it('comes back as it was kept, to its own tenant', async () => {
      const { id, parameters } = await begin();
      expect(await interactions().find(tenantId, id)).toEqual({
        ...{ id, clientId, browserHash: sha256('b'), parameters, pushedRequestId: null, deviceAuthorizationId: null },
        ...{ createdAt: NOW, expiresAt: later(1800), redeemedAt: null },
      });
      expect(await interactions().find(newId(), id)).toBeNull();
    });

    it('S-036 is answered once, however many tabs on two instances try', async () => {
      const other = (await context.another()).database;
      const { id } = await begin();
      const answers = Array.from({ length: 12 }, (_, n) =>
        interactions(n % 2 ? other : context.database).spend(tenantId, id, async () => n),
      );
      expect((await Promise.all(answers)).filter((answer) => answer !== null)).toHaveLength(1);
    });

    it('is not used up by an answer that fails', async () => {
      const { id } = await begin();
      await expect(interactions().spend(tenantId, id, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await interactions().redeem(tenantId, id)).toBe(true);
    });

    it('is not answered after its time', async () => {
      const { id } = await begin(NOW);
      expect(await interactions().redeem(tenantId, id)).toBe(false);
    });
  });

  describe('a consent', () => {
    const consents = (database = context.database) => new ConsentsRepository(database);
    const key = { tenantId, userId, clientId };
    const write = (scopes: string[], apiScopes: Record<string, string[]> = {}) =>
      context.database.transaction((tx) => consents().upsert(key, { scopes: new Set(scopes), apiScopes }, NOW, tx));

    it('S-150 is one for a user and a client, replaced as a whole', async () => {
      expect(await consents().find(key)).toBeNull();
      await write(['openid']);
      await write(['openid', 'email'], { 'https://api.example': ['read'] });
      expect(await consents().find(key)).toEqual({
        scopes: new Set(['openid', 'email']),
        apiScopes: { 'https://api.example': ['read'] },
      });
      expect(await consents().find({ ...key, tenantId: newId() })).toBeNull();
    });

    it('is one, too, when two tabs agree at once', async () => {
      await Promise.all(Array.from({ length: 8 }, () => write(['openid', 'phone'])));
      expect((await consents().find(key))?.scopes).toEqual(new Set(['openid', 'phone']));
    });
  });
});
