import { Injectable } from '@nestjs/common';
import { type AuditEvent, auditParameters } from '@tokenidp/audit';
import { allowedScopes, defaultScopes } from '@tokenidp/clients';
import { newId, OAuthError, parseScope } from '@tokenidp/kernel';
import { type AcceptedAssertion, GrantAssertions } from '../jwt-bearer/grant-assertions.service';
import { GrantAssertionsRepository } from '../jwt-bearer/grant-assertions.repository';
import { type Audience, resolveAudience } from '../tokens/audience';
import { tokenTypeOf } from '../tokens/confirmation';
import { TokenIssuer } from '../tokens/token-issuer';
import type { Grant, TokenRequest, TokenResponse } from './grant';

/**
 * @spec RFC 7521 §4.1, RFC 7523 §2.1, §3.1 — a trusted issuer's word about a user, or about the client itself, buys one
 * access token, once. No refresh token follows: whoever wants another one asks the issuer again.
 */
@Injectable()
export class JwtBearerGrant implements Grant {
  readonly grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  readonly parameters = ['assertion', 'scope', 'resource'];
  readonly repeatable = ['resource'];

  constructor(
    private readonly assertions: GrantAssertions,
    private readonly repository: GrantAssertionsRepository,
    private readonly issuer: TokenIssuer,
  ) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, client, parameters, confirmation, now } = request;
    if (!client.isConfidential) throw new OAuthError('unauthorized_client', 'jwt-bearer is for confidential clients');
    const sent = parameters.get('assertion');
    if (sent === undefined) throw new OAuthError('invalid_request', 'assertion is missing');
    const accepted = await this.assertions.accept(request, sent);
    const target = targetOf(request, accepted);
    const authorizationId = accepted.user ? newId() : undefined;
    const subject = accepted.user && authorizationId ? { userId: accepted.user.id, authorizationId } : undefined;
    const access = await this.issuer.accessToken({ tenant, client, target, subject, confirmation, now });
    const isFirst = await this.repository.redeem({
      ...{ tenantId: tenant.id, replayKey: accepted.replayKey, replayExpiresAt: accepted.expiresAt },
      ...{ authorizationId, userId: accepted.user?.id, clientId: client.id, scope: target.scope, now },
      ...{ resources: parameters.all('resource'), access: access.row },
      audit: auditParameters(tenant.id, issuedEvent(request, accepted, { target, authorizationId }), now),
    });
    if (!isFirst)
      throw new OAuthError('invalid_grant', 'the assertion is not valid', { detail: 'assertion refused: replay' });
    const response: TokenResponse = {
      access_token: access.token,
      token_type: tokenTypeOf(confirmation),
      expires_in: access.expiresInSeconds,
    };
    if (target.scope !== '') response.scope = target.scope;
    return response;
  }
}

/** S-063: within what the issuer is trusted with and what the client was assigned, whichever is less. */
function targetOf({ tenant, client, parameters }: TokenRequest, { trusted, user }: AcceptedAssertion): Audience {
  const isOfUser = user !== null;
  const allowed = allowedScopes(client, isOfUser);
  const mayHold = (scope: string) => allowed.has(scope) && trusted.scopes.includes(scope) && scope !== 'offline_access';
  const asked = parameters.get('scope');
  const scopes = asked === undefined ? new Set(defaultScopes(client, isOfUser).filter(mayHold)) : parseScope(asked);
  for (const scope of scopes) if (!mayHold(scope)) throw invalidScope();
  const target = resolveAudience({
    client,
    issuer: tenant.issuer,
    scopes,
    named: parameters.all('resource'),
    granted: [],
    party: isOfUser ? 'userScopes' : 'clientScopes',
  });
  if (asked !== undefined && parseScope(target.scope).size < scopes.size) throw invalidScope();
  if (target.audience.every((audience) => trusted.audiences.includes(audience))) return target;
  throw new OAuthError('invalid_target', 'the issuer of the assertion is not trusted for this resource');
}

interface Issued {
  readonly target: Audience;
  readonly authorizationId: string | undefined;
}

function issuedEvent(
  { client, context }: TokenRequest,
  { trusted, user }: AcceptedAssertion,
  { target, authorizationId }: Issued,
): AuditEvent {
  const { scope, audience } = target;
  return {
    event: 'token.issued',
    result: 'success',
    actor: user ? { type: 'user', id: user.id } : { type: 'client', id: client.client_id },
    ...(authorizationId !== undefined && { target: { type: 'authorization', id: authorizationId } }),
    clientId: client.id,
    detail: { grant: 'urn:ietf:params:oauth:grant-type:jwt-bearer', issuer: trusted.issuer, scope, audience },
    request: context,
  };
}

function invalidScope(): OAuthError {
  return new OAuthError('invalid_scope', 'a scope was asked for that the assertion cannot buy');
}
