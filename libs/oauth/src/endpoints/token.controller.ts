import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Clock, OAuthError, Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientAuthenticator } from '../client-auth/client-authenticator';
import { GrantRegistry } from '../grants/grant-registry';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { type FormSource, Parameters } from './form-parameters';
import { TOKEN_PATH } from './paths';
import { contextOf, sendJson } from './protocol-reply';
import { SenderConstraint } from './sender-constraint';

/**
 * @spec OAuth 2.1 §3.2, RFC 9449 §5 — the token endpoint: who asks, by which grant, may they, with which key; the grant
 * does the rest.
 */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(
    private readonly clientAuth: ClientAuthenticator,
    private readonly grants: GrantRegistry,
    private readonly senders: SenderConstraint,
    private readonly clock: Clock,
  ) {}

  @Post(TOKEN_PATH)
  @HttpCode(200)
  async token(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const context = contextOf(request);
    const parameters = Parameters.parse(request.body as FormSource, this.grants.repeatable);
    const { authorization } = request.headers;
    const client = await this.clientAuth.authenticate({ tenant, authorization, parameters, http: request }, context);
    const grant = this.grants.get(parameters.get('grant_type'));
    if (!client.grant_types.includes(grant.grantType)) {
      throw new OAuthError('unauthorized_client', 'the client may not use this grant');
    }
    const confirmation = await this.senders.confirm({ tenant, client, path: TOKEN_PATH, request, reply });
    const response = await grant.exchange({ tenant, client, parameters, context, confirmation, now: this.clock.now() });
    sendJson(reply, JSON.stringify(response));
  }
}
