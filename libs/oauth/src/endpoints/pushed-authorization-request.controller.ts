import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REPEATABLE } from '../authorize/authorize.pipeline';
import { PushedRequests } from '../authorize/pushed-requests.service';
import { ClientAuthenticator } from '../client-auth/client-authenticator';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { type FormSource, Parameters } from './form-parameters';
import { PAR_PATH } from './paths';
import { contextOf, sendJson } from './protocol-reply';
import { SenderConstraint } from './sender-constraint';

/** @spec RFC 9126 §2, RFC 9449 §10.1 — the pushed authorization request endpoint: who asks, by the same proof as for a token (S-110). */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class PushedAuthorizationRequestController {
  constructor(
    private readonly clientAuth: ClientAuthenticator,
    private readonly requests: PushedRequests,
    private readonly senders: SenderConstraint,
  ) {}

  @Post(PAR_PATH)
  @HttpCode(201)
  async push(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const parameters = Parameters.parse(request.body as FormSource, REPEATABLE);
    const { authorization } = request.headers;
    const call = { tenant, authorization, parameters, http: request };
    const client = await this.clientAuth.authenticate(call, contextOf(request));
    const proven = await this.senders.proven({ tenant, client, path: PAR_PATH, request, reply });
    const pushed = await this.requests.push(tenant, client, parameters, proven);
    sendJson(reply, JSON.stringify(pushed));
  }
}
