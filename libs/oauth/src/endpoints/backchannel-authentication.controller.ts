import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { OAuthError, Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REPEATABLE } from '../authorize/authorize.pipeline';
import { BackchannelAuthentication } from '../backchannel/backchannel-authentication.service';
import { ClientAuthenticator } from '../client-auth/client-authenticator';
import { CIBA } from '../grants/ciba.grant';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { type FormSource, Parameters } from './form-parameters';
import { BACKCHANNEL_AUTHENTICATION_PATH } from './paths';
import { contextOf, sendJson } from './protocol-reply';

/** @spec CIBA Core §7 — the backchannel authentication endpoint: the client proves itself as at the token endpoint. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class BackchannelAuthenticationController {
  constructor(
    private readonly clientAuth: ClientAuthenticator,
    private readonly backchannel: BackchannelAuthentication,
  ) {}

  @Post(BACKCHANNEL_AUTHENTICATION_PATH)
  @HttpCode(200)
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const context = contextOf(request);
    const parameters = Parameters.parse(request.body as FormSource, REPEATABLE);
    const { authorization } = request.headers;
    const call = { tenant, authorization, parameters, http: request };
    const client = await this.clientAuth.authenticate(call, context);
    if (!client.grant_types.includes(CIBA)) {
      throw new OAuthError('unauthorized_client', 'the client may not ask about users who are elsewhere');
    }
    sendJson(reply, JSON.stringify(await this.backchannel.open({ tenant, client, parameters, context })));
  }
}
