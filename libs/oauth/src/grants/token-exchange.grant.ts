import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database } from '@tokenidp/database';
import { OAuthError, TOKEN_TYPES } from '@tokenidp/kernel';
import { actorOf, mayPresent } from '../token-exchange/exchange-policy';
import { exchangeRequest, type PresentedToken } from '../token-exchange/exchange-request';
import { exchangeTarget } from '../token-exchange/exchange-target';
import { ExchangeableTokens } from '../token-exchange/exchangeable-tokens.service';
import { type Exchange, exchangedEvent } from '../token-exchange/exchanged-event';
import { AccessTokensRepository } from '../tokens/access-tokens.repository';
import { tokenTypeOf } from '../tokens/confirmation';
import { type IssuedAccessToken, TokenIssuer } from '../tokens/token-issuer';
import type { Grant, TokenRequest, TokenResponse } from './grant';

/**
 * @spec RFC 8693 §2, §4.1, §5 — a live token of this tenant becomes another access token: for the same or fewer
 * scopes, ending no later, naming who acts, and falling with what the first one hangs from (S-063, S-064).
 */
@Injectable()
export class TokenExchangeGrant implements Grant {
  readonly grantType = 'urn:ietf:params:oauth:grant-type:token-exchange';
  readonly parameters = [
    ...['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type'],
    ...['requested_token_type', 'audience', 'resource', 'scope', 'authorization_details'],
  ];
  readonly repeatable = ['audience', 'resource'];

  constructor(
    private readonly tokens: ExchangeableTokens,
    private readonly issuer: TokenIssuer,
    private readonly database: Database,
    private readonly accessTokens: AccessTokensRepository,
    private readonly audit: AuditService,
  ) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const { client } = request;
    if (!client.isConfidential) throw new OAuthError('unauthorized_client', 'only a confidential client may exchange');
    const asked = exchangeRequest(request.parameters);
    const subject = await this.find(request, asked.subject, 'subject_token');
    const actorToken = asked.actor && (await this.find(request, asked.actor, 'actor_token'));
    const actor = actorOf(client, subject, actorToken);
    const exchange = { request, asked, subject, actor, target: exchangeTarget(request, subject) };
    const access = await this.issue(exchange);
    await this.write(exchange, access);
    const response: TokenResponse = {
      access_token: access.token,
      issued_token_type: asked.requestedType,
      token_type: tokenTypeOf(request.confirmation),
      expires_in: access.expiresInSeconds,
    };
    const { scope, authorizationDetails } = exchange.target;
    if (scope !== '') response.scope = scope;
    if (authorizationDetails.length > 0) response.authorization_details = authorizationDetails;
    return response;
  }

  /** §2.2.2: `invalid_request`, whether it is not good or not this client's to present; which of the two is not told. */
  private async find({ tenant, client, confirmation }: TokenRequest, presented: PresentedToken, name: string) {
    if (presented.type === TOKEN_TYPES.refreshToken && !client.token_exchange?.refresh_tokens) {
      throw new OAuthError('invalid_request', `a refresh token is not taken as ${name}`);
    }
    const found = await this.tokens.find(tenant, client, presented);
    if (!found || !mayPresent(client, found, confirmation))
      throw new OAuthError('invalid_request', `the ${name} is not valid`);
    return found;
  }

  private async issue({ request, asked, subject, actor, target }: Exchange): Promise<IssuedAccessToken> {
    const { tenant, client, confirmation, now } = request;
    const isOpaque = target.resources[0]?.tokenFormat === 'opaque';
    if (asked.requestedType === TOKEN_TYPES.jwt && isOpaque) {
      throw new OAuthError('invalid_target', 'this resource takes no JWTs');
    }
    const { subjectClient, expiresAtSeconds: endsAtSeconds } = subject;
    const about = { subject: subject.standing?.subject, subjectClient, actor, endsAtSeconds, confirmation };
    const { authorizationDetails } = target;
    return this.issuer.accessToken({ tenant, client, target, authorizationDetails, now, ...about });
  }

  private async write(exchange: Exchange, { row }: IssuedAccessToken): Promise<void> {
    const { tenant, client, now } = exchange.request;
    const event = exchangedEvent(exchange);
    if (!row) return this.audit.record(tenant.id, event);
    const { authorizationId, userId } = exchange.subject.standing?.subject ?? {};
    await this.database.transaction(async (tx) => {
      await this.accessTokens.insert(
        tenant.id,
        { ...row, authorizationId, clientId: client.id, userId, createdAt: now },
        tx,
      );
      await this.audit.record(tenant.id, event, tx);
    });
  }
}
