import { Injectable } from '@nestjs/common';
import { equalConstantTime, hasTokenForm, OAuthError, parseScope, sha256 } from '@tokenidp/kernel';
import { isProven } from '../tokens/confirmation';
import { ExchangesRepository } from '../tokens/exchanges.repository';
import { narrowedScopes } from '../tokens/narrowed-scopes';
import { RefreshTokens, rotates } from '../tokens/refresh-tokens';
import { RefreshTokensRepository, type StoredRefreshToken } from '../tokens/refresh-tokens.repository';
import { ReuseDetection } from '../tokens/reuse-detection';
import { UserTokens, type UserTokensDraft } from '../tokens/user-tokens';
import type { Grant, TokenRequest, TokenResponse } from './grant';

/** A refresh token in use: as it was sent, as it is stored, and what it is good for now. */
interface Use {
  readonly request: TokenRequest;
  readonly token: string;
  readonly stored: StoredRefreshToken;
  readonly draft: UserTokensDraft;
}

/**
 * @spec OAuth 2.1 §4.3, RFC 9700 §4.14.2, OIDC Core §12, RFC 9449 §5 — a refresh token is good while its authorization stands;
 * of clients that rotate, each is good once, and a second use after the grace ends the whole family (D2, D3).
 */
@Injectable()
export class RefreshTokenGrant implements Grant {
  readonly grantType = 'refresh_token';
  readonly parameters = ['refresh_token', 'scope', 'resource', 'authorization_details'];
  readonly repeatable = ['resource'];

  constructor(
    private readonly repository: RefreshTokensRepository,
    private readonly exchanges: ExchangesRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly userTokens: UserTokens,
    private readonly reuse: ReuseDetection,
  ) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const token = request.parameters.get('refresh_token');
    if (token === undefined) throw new OAuthError('invalid_request', 'refresh_token is missing');
    const stored = await this.find(request, token);
    const isLate = stored.rotatedAt !== null && !this.isInGrace(request, token, stored);
    if (isLate) throw await this.endFamily(request, stored);
    const scopes = narrowedScopes(parseScope(stored.scope), request.parameters.get('scope'));
    const { grantType } = this;
    const draft = await this.userTokens.draft({ request, grantType, standing: stored.standing, scopes });
    const refreshToken = await this.spend({ request, token, stored, draft });
    return { ...draft.response, refresh_token: refreshToken };
  }

  /** The token if it is this client's and nothing has ended it: its end, its authorization's, its user's (S-075), another key (S-070). */
  private async find({ tenant, client, confirmation, now }: TokenRequest, token: string): Promise<StoredRefreshToken> {
    const stored = hasTokenForm('trt', token) ? await this.repository.find(tenant.id, sha256(token)) : null;
    const isGood =
      stored?.standing.clientId === client.id &&
      stored.standing.stands &&
      stored.revokedAt === null &&
      isProven(stored.confirmation, confirmation) &&
      stored.idleExpiresAt > now;
    if (!isGood) throw refused();
    return stored;
  }

  private async spend(use: Use): Promise<string> {
    const { request, token, stored, draft } = use;
    if (stored.rotatedAt !== null) return this.repeat(use);
    if (rotates(request.client, stored)) {
      const successor = this.refreshTokens.successor(request, token, stored);
      const isFirst = await this.exchanges.rotateRefreshToken(draft.record, stored.id, successor.row);
      return isFirst ? successor.token : this.repeatAfterRace(use);
    }
    const idleEnd = this.refreshTokens.movedIdleEnd(request, stored);
    if (await this.exchanges.useRefreshToken(draft.record, stored.id, idleEnd)) return token;
    throw refused();
  }

  /** Another request has rotated the token since it was read. */
  private async repeatAfterRace(use: Use): Promise<string> {
    const stored = await this.find(use.request, use.token);
    if (stored.rotatedAt === null) throw refused();
    if (!this.isInGrace(use.request, use.token, stored)) throw await this.endFamily(use.request, stored);
    return this.repeat({ ...use, stored });
  }

  /** D3: the same successor again, once, if nobody has used it. */
  private async repeat({ request, token, stored, draft }: Use): Promise<string> {
    const repeated =
      stored.successorId !== null &&
      (await this.exchanges.repeatRotation(draft.record, {
        usedId: stored.id,
        successorId: stored.successorId,
        rotatedAfter: graceStart(request),
      }));
    if (repeated) return this.refreshTokens.successorOf(token);
    throw await this.endFamily(request, stored);
  }

  /**
   * The successor can only be named again by the key that named it. Without a grace there is none either for a
   * request that began before the token was rotated.
   */
  private isInGrace(request: TokenRequest, token: string, { rotatedAt, successorHash }: StoredRefreshToken): boolean {
    if (request.tenant.settings.lifetimes.refreshGraceSeconds === 0) return false;
    if (rotatedAt === null || successorHash === null || rotatedAt <= graceStart(request)) return false;
    return equalConstantTime(sha256(this.refreshTokens.successorOf(token)), successorHash);
  }

  private async endFamily(request: TokenRequest, { standing }: StoredRefreshToken): Promise<OAuthError> {
    await this.reuse.revoke(request, standing, 'refresh-token-reused');
    return refused();
  }
}

function graceStart({ tenant, now }: TokenRequest): Date {
  return new Date(now.getTime() - tenant.settings.lifetimes.refreshGraceSeconds * 1000);
}

function refused(): OAuthError {
  return new OAuthError('invalid_grant', 'the refresh token is not valid');
}
