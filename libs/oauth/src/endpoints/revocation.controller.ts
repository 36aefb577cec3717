import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { OAuthError, Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientAuthenticator } from '../client-auth/client-authenticator';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { Revoker } from '../tokens/revoker';
import { type FormSource, Parameters } from './form-parameters';
import { REVOCATION_PATH } from './paths';
import { contextOf, sendNothing } from './protocol-reply';

/** @spec RFC 7009 §2 — the revocation endpoint; 200 says that the token is good for nothing any more. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class RevocationController {
  constructor(
    private readonly clientAuth: ClientAuthenticator,
    private readonly revoker: Revoker,
  ) {}

  @Post(REVOCATION_PATH)
  @HttpCode(200)
  async revoke(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const context = contextOf(request);
    const parameters = Parameters.parse(request.body as FormSource);
    const { authorization } = request.headers;
    const client = await this.clientAuth.authenticate({ tenant, authorization, parameters, http: request }, context);
    const token = parameters.get('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
    await this.revoker.revoke({ tenant, client, token, context });
    sendNothing(reply);
  }
}
