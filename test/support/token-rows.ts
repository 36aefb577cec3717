import { type AuditParameters, auditParameters } from '@tokenidp/audit';
import type { Database } from '@tokenidp/database';
import { newId, randomToken, sha256 } from '@tokenidp/kernel';
import { AuthorizationsRepository } from '../../libs/oauth/src/tokens/authorizations.repository';
import type { ExchangeRecord } from '../../libs/oauth/src/tokens/exchanges.repository';
import type { NewRefreshToken } from '../../libs/oauth/src/tokens/refresh-tokens';
import type { NewAccessToken } from '../../libs/oauth/src/tokens/token-issuer';
import { insertRow } from './rows';

export const NOW = new Date('2026-05-01T12:00:00.000Z');
export const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

/** Rows that tokens hang from, without all that would be around them in a real tenant. */
export class TokenWorld {
  readonly tenantId = newId();
  readonly clientId = newId();
  readonly userId = newId();

  constructor(private readonly database: () => Database) {}

  async begin(): Promise<void> {
    const { tenantId, clientId, userId } = this;
    const client = { tenantId, id: clientId, type: 'web', status: 'active', origin: 'admin' };
    await insertRow(this.database(), 'client', client);
    const user = { tenantId, id: userId, username: 'ada', usernameNormal: 'ada', status: 'active' };
    await insertRow(this.database(), 'user', user);
  }

  /** An authorization with a code for it that is good for a minute. */
  async grant(sessionId = newId()): Promise<{ authorizationId: string; codeId: string; codeHash: string }> {
    const { tenantId, clientId, userId } = this;
    const ids = { authorizationId: newId(), codeId: newId(), codeHash: sha256(randomToken('tac')) };
    await new AuthorizationsRepository(this.database()).issue({
      ...{
        tenantId,
        clientId,
        userId,
        sessionId,
        scope: 'openid',
        resources: [],
        authorizationDetails: undefined,
        claims: undefined,
      },
      ...{ authTime: NOW, acr: 'one', amr: ['pwd'], now: NOW, expiresAt: later(60) },
      ...{ authorizationId: ids.authorizationId, codeId: ids.codeId, hash: ids.codeHash },
      ...{ redirectUri: undefined, codeChallenge: undefined, nonce: undefined, dpopJkt: undefined },
      ...this.audit(),
    });
    return ids;
  }

  record(authorizationId: string, changes: Partial<ExchangeRecord> = {}): ExchangeRecord {
    const { tenantId, clientId, userId } = this;
    return { tenantId, authorizationId, clientId, userId, now: NOW, access: null, audit: this.audit(), ...changes };
  }

  async count(table: string, column: string, value: string): Promise<number> {
    return (await this.rows(table, column, value)).length;
  }

  rows(table: string, column: string, value: string): Promise<Record<string, unknown>[]> {
    return this.database().dataSource.query(`SELECT * FROM "${table}" WHERE "${column}" = '${value}'`);
  }

  private audit(): AuditParameters {
    const event = { event: 'token.issued', result: 'success', actor: { type: 'user', id: this.userId } } as const;
    return auditParameters(this.tenantId, event, NOW);
  }
}

export function newRefreshToken(changes: Partial<NewRefreshToken> = {}): NewRefreshToken {
  const hash = sha256(randomToken('trt'));
  return { ...{ id: newId(), hash, parentId: null, scope: 'openid', confirmation: null }, ...refreshEnds, ...changes };
}

const refreshEnds = { idleExpiresAt: later(3600), absoluteExpiresAt: later(7200) };

export function newAccessToken(changes: Partial<NewAccessToken> = {}): NewAccessToken {
  const hash = sha256(randomToken('tat'));
  const content = { scope: 'openid', audience: ['https://api.example'], claims: { jti: 'x', amr: ['pwd'] } };
  return { id: newId(), hash, ...content, expiresAt: later(300), ...changes };
}
