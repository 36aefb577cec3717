import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import type { Client } from '@tokenidp/clients';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, hasTokenForm, OAuthError, type RequestContext, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { AccessTokensRepository } from './access-tokens.repository';
import { AccessTokens } from './access-tokens.service';
import { Authorizations } from './authorizations.service';
import { RefreshTokensRepository } from './refresh-tokens.repository';

export interface RevocationRequest {
  readonly tenant: Tenant;
  /** authenticated */
  readonly client: Client;
  readonly token: string;
  readonly context: RequestContext;
}

/** What a token turned out to be. */
interface Revocable {
  readonly type: 'authorization' | 'access_token';
  readonly id: string;
  /** row id of the client it was issued to */
  readonly clientId: string;
  /** False when it was revoked before. */
  store(tx: Transaction): Promise<boolean>;
}

/**
 * @spec RFC 7009 §2.1, §2.2 — a client takes back its own tokens: an access token alone, a refresh token with all
 * that hangs from its authorization. What is unknown or over is as good as revoked (S-080).
 */
@Injectable()
export class Revoker {
  constructor(
    private readonly database: Database,
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly accessTokens: AccessTokens,
    private readonly repository: AccessTokensRepository,
    private readonly authorizations: Authorizations,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Resolves when it is stored. Throws `invalid_grant` for a token of another client. */
  async revoke(request: RevocationRequest): Promise<void> {
    const { tenant, client, token, context } = request;
    const found = hasTokenForm('trt', token)
      ? await this.findRefreshToken(tenant, token)
      : await this.findAccessToken(tenant, token);
    if (!found) return;
    if (found.clientId !== client.id) throw new OAuthError('invalid_grant', 'the token was issued to another client');
    await this.database.transaction(async (tx) => {
      if (!(await found.store(tx))) return;
      const event = {
        event: 'token.revoked',
        result: 'success',
        actor: { type: 'client', id: client.client_id },
        target: { type: found.type, id: found.id },
        clientId: client.id,
        request: context,
      } as const;
      await this.audit.record(tenant.id, event, tx);
    });
  }

  private async findRefreshToken(tenant: Tenant, token: string): Promise<Revocable | null> {
    const stored = await this.refreshTokens.find(tenant.id, sha256(token));
    if (!stored) return null;
    const { authorizationId: id, clientId } = stored.standing;
    const store = (tx: Transaction) => this.authorizations.revoke(tenant.id, id, 'revoked-by-client', tx);
    return { type: 'authorization', id, clientId, store };
  }

  private async findAccessToken(tenant: Tenant, token: string): Promise<Revocable | null> {
    const found = await this.accessTokens.find(tenant, token);
    if (!found) return null;
    const jti = String(found.claims.jti);
    const store = hasTokenForm('tat', token)
      ? (tx: Transaction) => this.repository.revokeOpaque(tenant.id, { hash: sha256(token), now: this.clock.now() }, tx)
      : (tx: Transaction) =>
          this.repository.revokeJwt(tenant.id, { jti, expiresAt: new Date(Number(found.claims.exp) * 1000) }, tx);
    return { type: 'access_token', id: jti, clientId: found.client.id, store };
  }
}
