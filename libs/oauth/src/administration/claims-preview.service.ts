/** @spec OIDC Core §2, §5.3.2, §5.5, RFC 9068 §2.2 — a preview is what would be issued: the same rules, no signature. */
import { Injectable } from '@nestjs/common';
import { allowedScopes, type Client, ClientsService } from '@tokenidp/clients';
import { Clock, newId, OAuthError, ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, userClaims, UsersService } from '@tokenidp/users';
import { type AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';
import { SessionPort } from '../authorize/interaction';
import { Parameters } from '../endpoints/form-parameters';
import { claims } from '../rules/claims';
import { resource } from '../rules/resource';
import { scope } from '../rules/scope';
import { resolveAudience } from '../tokens/audience';
import { Subjects } from '../tokens/subjects';
import { TokenIssuer, toSeconds } from '../tokens/token-issuer';
import type { ClaimsPreviewDto, ClaimsPreviewResultDto } from './dto/claims-preview.dto';

/** In the place of what only a real request has. */
const ACCESS_TOKEN = 'preview';

@Injectable()
export class ClaimsPreview {
  constructor(
    private readonly clients: ClientsService,
    private readonly users: UsersService,
    private readonly issuer: TokenIssuer,
    private readonly subjects: Subjects,
    private readonly sessions: SessionPort,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError (not-found, invalid-input with what the protocol would have said) */
  async preview(tenant: Tenant, input: ClaimsPreviewDto): Promise<ClaimsPreviewResultDto> {
    const client = await this.clients.find(tenant.id, input.clientId);
    if (!client) throw new ProblemError('not-found', 'There is no such application.');
    try {
      if (input.userId === undefined) return await this.ofClient(tenant, client, input);
      const user = await this.users.findById(tenant.id, input.userId);
      if (!user) throw new ProblemError('not-found', 'There is no such user.');
      return await this.ofUser({ tenant, client, user }, input);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      throw new ProblemError('invalid-input', `${error.error}: ${error.message}`);
    }
  }

  private async ofClient(tenant: Tenant, client: Client, input: ClaimsPreviewDto): Promise<ClaimsPreviewResultDto> {
    const allowed = allowedScopes(client, false);
    const refused = input.scopes.find((each) => !allowed.has(each));
    if (refused !== undefined) throw new OAuthError('invalid_scope', `the scope ${refused} is not assigned`);
    const target = resolveAudience({
      client,
      issuer: tenant.issuer,
      scopes: new Set(input.scopes),
      named: input.resource === undefined ? [] : [input.resource],
      granted: [],
      party: 'clientScopes',
    });
    const order = { tenant, client, target, now: this.clock.now() };
    const { claims: accessToken } = await this.issuer.accessTokenClaims(order);
    return { accessToken, idToken: null, userinfo: null };
  }

  private async ofUser(
    { tenant, client, user }: { tenant: Tenant; client: Client; user: User },
    input: ClaimsPreviewDto,
  ): Promise<ClaimsPreviewResultDto> {
    const asked = this.asked(tenant, client, input);
    const now = this.clock.now();
    const acr = this.sessions.acrValues[0];
    const subject = { userId: user.id, authorizationId: newId(), authTime: toSeconds(now), acr, amr: ['pwd'] };
    const target = resolveAudience({
      client,
      issuer: tenant.issuer,
      scopes: asked.scopes,
      named: [],
      granted: asked.resources,
      party: 'userScopes',
    });
    const { claims: accessToken } = await this.issuer.accessTokenClaims({ tenant, client, target, subject, now });
    const isOidc = asked.scopes.has('openid');
    const idToken = {
      tenant,
      client,
      user,
      subject,
      requested: asked.claims?.id_token,
      accessToken: ACCESS_TOKEN,
      now,
    };
    const opensUserinfo = isOidc && target.audience.includes(tenant.issuer);
    const sub = this.subjects.of(client, user.id);
    return {
      accessToken,
      idToken: isOidc ? this.issuer.idTokenClaims(idToken) : null,
      userinfo: opensUserinfo ? { ...userClaims(user, asked.scopes, asked.claims?.userinfo), sub } : null,
    };
  }

  /** What the rules of the authorization endpoint make of it. @throws OAuthError */
  private asked(tenant: Tenant, client: Client, input: ClaimsPreviewDto): AuthorizationRequest {
    const request = new AuthorizationRequest(
      Parameters.restore({
        scope: [input.scopes.join(' ')],
        ...(input.resource === undefined ? {} : { resource: [input.resource] }),
        ...(input.claims === undefined ? {} : { claims: [JSON.stringify(input.claims)] }),
      }),
    );
    request.client = client;
    const context = { tenant } as AuthorizationContext;
    resource(request, context);
    scope(request, context);
    claims(request);
    return request;
  }
}
