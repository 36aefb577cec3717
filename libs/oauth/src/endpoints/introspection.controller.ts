import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { OAuthError, Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientAuthenticator } from '../client-auth/client-authenticator';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { Introspector } from '../tokens/introspector';
import { INTROSPECTION_JWT_TYPE, SignedIntrospection } from '../tokens/signed-introspection';
import { type FormSource, Parameters } from './form-parameters';
import { INTROSPECTION_PATH } from './paths';
import { contextOf, sendJson, sendJwt } from './protocol-reply';

/** @spec RFC 7662 §2, RFC 9701 §4 — the introspection endpoint: for clients that authenticate, by POST. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class IntrospectionController {
  constructor(
    private readonly clientAuth: ClientAuthenticator,
    private readonly introspector: Introspector,
    private readonly signed: SignedIntrospection,
  ) {}

  @Post(INTROSPECTION_PATH)
  @HttpCode(200)
  async introspect(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const parameters = Parameters.parse(request.body as FormSource);
    const { authorization } = request.headers;
    const client = await this.clientAuth.authenticate(
      { tenant, authorization, parameters, http: request },
      contextOf(request),
    );
    if (!client.isConfidential) throw new OAuthError('invalid_client', 'only a confidential client may introspect');
    const token = parameters.get('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
    const introspection = await this.introspector.introspect(tenant, client, token);
    if (!this.signed.isFor(client, request.headers.accept)) return sendJson(reply, JSON.stringify(introspection));
    sendJwt(reply, await this.signed.sign(tenant, client, introspection), INTROSPECTION_JWT_TYPE);
  }
}
