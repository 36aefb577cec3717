import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import type { Client } from '@tokenidp/clients';
import { OAuthError, parseScope } from '@tokenidp/kernel';
import { AccessTokensRepository } from '../tokens/access-tokens.repository';
import { resolveAudience } from '../tokens/audience';
import { TokenIssuer } from '../tokens/token-issuer';
import type { Grant, TokenRequest, TokenResponse } from './grant';

/**
 * @spec OAuth 2.1 §4.2, RFC 8707 §2.2 — a confidential client acts for itself, with the scopes that were assigned
 * to it. Warm, a JWT costs no query.
 */
@Injectable()
export class ClientCredentialsGrant implements Grant {
  readonly grantType = 'client_credentials';
  readonly parameters = ['scope', 'resource'];
  readonly repeatable = ['resource'];

  constructor(
    private readonly issuer: TokenIssuer,
    private readonly accessTokens: AccessTokensRepository,
    private readonly audit: AuditService,
  ) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, client, parameters, now } = request;
    if (!client.isConfidential) {
      throw new OAuthError('unauthorized_client', 'client_credentials is for confidential clients');
    }
    const named = parameters.all('resource');
    const target = resolveAudience({
      client,
      issuer: tenant.issuer,
      scopes: scopesOf(client, parameters.get('scope'), named),
      named,
      granted: [],
      party: 'clientScopes',
    });
    const access = await this.issuer.accessToken({ tenant, client, target, now });
    if (access.row) await this.accessTokens.insert(tenant.id, { ...access.row, clientId: client.id, createdAt: now });
    await this.recordIssue(request, target.scope);
    const response: TokenResponse = {
      access_token: access.token,
      token_type: 'Bearer',
      expires_in: access.expiresInSeconds,
    };
    if (target.scope !== '') response.scope = target.scope;
    return response;
  }

  /** Counted per minute and client, unless the tenant wants an event for each. */
  private recordIssue({ tenant, client, context }: TokenRequest, scope: string): Promise<void> | void {
    if (tenant.settings.audit.machineTokens === 'counted') return this.audit.countMachineToken(tenant.id, client.id);
    return this.audit.record(tenant.id, {
      event: 'token.issued',
      result: 'success',
      actor: { type: 'client', id: client.client_id },
      clientId: client.id,
      detail: { grant: this.grantType, scope },
      request: context,
    });
  }
}

/** S-063: what was asked for, if all of it was assigned; without `scope` what was assigned, at the named resources. */
function scopesOf(client: Client, asked: string | undefined, named: readonly string[]): ReadonlySet<string> {
  const limit = client.scope === undefined ? null : parseScope(client.scope);
  const allowed = new Set(
    client.assignments
      .filter(({ resource }) => named.length === 0 || named.includes(resource.identifier))
      .flatMap(({ clientScopes }) => clientScopes.filter((scope) => limit === null || limit.has(scope))),
  );
  if (asked === undefined) return allowed;
  const scopes = parseScope(asked);
  for (const scope of scopes) {
    if (!allowed.has(scope)) throw new OAuthError('invalid_scope', 'the client may not have one of these scopes');
  }
  return scopes;
}
