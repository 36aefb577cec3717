import { Injectable } from '@nestjs/common';
import { auditParameters } from '@tokenidp/audit';
import type { TokenRequest, TokenResponse } from '../grants/grant';
import { narrowDetails } from '../authorization-details/narrow-details';
import { resolveAudience } from './audience';
import { tokenTypeOf } from './confirmation';
import type { ExchangeRecord } from './exchanges.repository';
import type { PushedWith } from './id-token';
import type { Standing } from './standing';
import { TokenIssuer } from './token-issuer';

/** A request for tokens, or what stands in its place where they are pushed: that comes from nowhere. */
export type TokensFor = Omit<TokenRequest, 'context'> & Partial<Pick<TokenRequest, 'context'>>;

export interface UserTokensOrder {
  readonly request: TokensFor;
  readonly grantType: string;
  readonly standing: Standing;
  readonly scopes: ReadonlySet<string>;
  readonly nonce?: string;
  readonly pushed?: PushedWith;
}

/** Tokens that are made but do not count yet: nothing of them is stored. */
export interface UserTokensDraft {
  readonly response: TokenResponse;
  /** what has to be written in the statement that spends the grant */
  readonly record: ExchangeRecord;
}

/** @spec RFC 6749 §5.1, OIDC Core §3.1.3.3, §12.2 — access and ID token for an authorization that stands. */
@Injectable()
export class UserTokens {
  constructor(private readonly issuer: TokenIssuer) {}

  async draft(order: UserTokensOrder): Promise<UserTokensDraft> {
    const { standing, scopes, request } = order;
    const { tenant, client, parameters, confirmation, now } = request;
    const target = resolveAudience({
      client,
      issuer: tenant.issuer,
      scopes,
      named: parameters.all('resource'),
      granted: standing.resources,
      party: 'userScopes',
    });
    const { subject } = standing;
    const sent = parameters.get('authorization_details');
    const authorizationDetails = narrowDetails(standing.authorizationDetails, sent, target.resources);
    const about = { subject, authorizationDetails, confirmation };
    const access = await this.issuer.accessToken({ tenant, client, target, now, ...about });
    const response: TokenResponse = {
      access_token: access.token,
      token_type: tokenTypeOf(confirmation),
      expires_in: access.expiresInSeconds,
    };
    if (target.scope !== '') response.scope = target.scope;
    if (authorizationDetails.length > 0) response.authorization_details = authorizationDetails;
    if (scopes.has('openid')) response.id_token = await this.idToken(order, access.token);
    return { response, record: { ...recordOf(order, target.scope), access: access.row } };
  }

  /** Sequential: `at_hash` needs the access token. */
  private idToken({ request, standing, nonce, pushed }: UserTokensOrder, accessToken: string): Promise<string> {
    const { tenant, client, now } = request;
    return this.issuer.idToken({
      tenant,
      client,
      user: standing.user,
      subject: standing.subject,
      sid: standing.sessionId ?? undefined,
      nonce,
      requested: standing.claims?.id_token,
      accessToken,
      pushed,
      now,
    });
  }
}

function recordOf({ request, standing, grantType }: UserTokensOrder, scope: string): Omit<ExchangeRecord, 'access'> {
  const { tenant, client, context, now } = request;
  const { authorizationId, sessionId, user } = standing;
  const audit = auditParameters(
    tenant.id,
    {
      event: 'token.issued',
      result: 'success',
      actor: { type: 'user', id: user.id },
      target: { type: 'authorization', id: authorizationId },
      clientId: client.id,
      sessionId: sessionId ?? undefined,
      detail: { grant: grantType, scope },
      request: context,
    },
    now,
  );
  return { tenantId: tenant.id, authorizationId, clientId: client.id, userId: user.id, now, audit };
}
