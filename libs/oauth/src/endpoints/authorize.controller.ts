import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationResponder } from '../authorize/authorization-responder';
import { AuthorizeService } from '../authorize/authorize.service';
import type { FormSource } from './form-parameters';
import { PageErrorFilter } from './page-error.filter';
import { AUTHORIZATION_PATH } from './paths';
import { formOf, queryOf } from './request-source';

/** @spec OAuth 2.1 §3.1, OIDC Core §3.1.2.1 — the authorization endpoint, by GET and by POST alike; no CORS (S-004). */
@Public()
@Controller()
@UseFilters(PageErrorFilter)
export class AuthorizeController {
  constructor(
    private readonly authorize: AuthorizeService,
    private readonly responder: AuthorizationResponder,
  ) {}

  @Get(AUTHORIZATION_PATH)
  byQuery(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, queryOf(request));
  }

  @Post(AUTHORIZATION_PATH)
  async byForm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, formOf(request));
  }

  private async answer(http: FastifyRequest, reply: FastifyReply, source: FormSource): Promise<void> {
    const outcome = await this.authorize.start({ tenant: tenantOf(http), http, reply }, source);
    this.responder.send(http, reply, outcome);
  }
}
