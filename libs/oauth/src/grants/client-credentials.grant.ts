import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { allowedScopes, type Client, defaultScopes } from '@tokenidp/clients';
import { OAuthError, parseScope } from '@tokenidp/kernel';
import { clientDetails } from '../authorization-details/client-details';
import { typesOf } from '../authorization-details/detail-types';
import { AccessTokensRepository } from '../tokens/access-tokens.repository';
import { type Audience, resolveAudience } from '../tokens/audience';
import { tokenTypeOf } from '../tokens/confirmation';
import { TokenIssuer } from '../tokens/token-issuer';
import type { Grant, TokenRequest, TokenResponse } from './grant';

/**
 * @spec OAuth 2.1 §4.2, RFC 8707 §2.2, RFC 9396 §6 — a confidential client acts for itself, with the scopes that were assigned
 * to it. Warm, a JWT costs no query.
 */
@Injectable()
export class ClientCredentialsGrant implements Grant {
  readonly grantType = 'client_credentials';
  readonly parameters = ['scope', 'resource', 'authorization_details'];
  readonly repeatable = ['resource'];

  constructor(
    private readonly issuer: TokenIssuer,
    private readonly accessTokens: AccessTokensRepository,
    private readonly audit: AuditService,
  ) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, client, confirmation, now } = request;
    if (!client.isConfidential) {
      throw new OAuthError('unauthorized_client', 'client_credentials is for confidential clients');
    }
    const { authorizationDetails, named } = clientDetails(request);
    const target = targetOf(request, named);
    const access = await this.issuer.accessToken({ tenant, client, target, authorizationDetails, confirmation, now });
    if (access.row) await this.accessTokens.insert(tenant.id, { ...access.row, clientId: client.id, createdAt: now });
    await this.recordIssue(request, { scope: target.scope, ...typesOf(authorizationDetails) });
    const response: TokenResponse = {
      access_token: access.token,
      token_type: tokenTypeOf(confirmation),
      expires_in: access.expiresInSeconds,
    };
    if (target.scope !== '') response.scope = target.scope;
    if (authorizationDetails.length > 0) response.authorization_details = authorizationDetails;
    return response;
  }

  /** Counted per minute and client, unless the tenant wants an event for each. */
  private recordIssue({ tenant, client, context }: TokenRequest, issued: object): Promise<void> | void {
    if (tenant.settings.audit.machineTokens === 'counted') return this.audit.countMachineToken(tenant.id, client.id);
    return this.audit.record(tenant.id, {
      event: 'token.issued',
      result: 'success',
      actor: { type: 'client', id: client.client_id },
      clientId: client.id,
      detail: { grant: this.grantType, ...issued },
      request: context,
    });
  }
}

/** RFC 8707 §2.2: scopes that none of the named resources has are refused rather than left out. */
function targetOf({ tenant, client, parameters }: TokenRequest, named: readonly string[]): Audience {
  const asked = parameters.get('scope');
  const scopes = asked === undefined ? new Set(defaultScopes(client, false)) : askedScopes(client, asked);
  const target = resolveAudience({
    client,
    issuer: tenant.issuer,
    scopes,
    named,
    granted: [],
    party: 'clientScopes',
  });
  if (asked !== undefined && parseScope(target.scope).size < scopes.size) throw invalidScope();
  return target;
}

/** S-063: all of it was assigned to the client for itself, or nothing is given. */
function askedScopes(client: Client, asked: string): ReadonlySet<string> {
  const scopes = parseScope(asked);
  const allowed = allowedScopes(client, false);
  for (const scope of scopes) if (!allowed.has(scope)) throw invalidScope();
  return scopes;
}

function invalidScope(): OAuthError {
  return new OAuthError('invalid_scope', 'the client may not have one of these scopes');
}
