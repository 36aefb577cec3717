import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { OAuthError, Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationResponder } from '../authorize/authorization-responder';
import { PagePort } from '../authorize/interaction';
import { offersCheckSession } from './metadata';
import { PageErrorFilter } from './page-error.filter';
import { CHECK_SESSION_PATH } from './paths';

/** @spec OIDC Session Management §3.3 — the one page that any site may embed; it is the same for everybody. */
@Public()
@Controller()
@UseFilters(PageErrorFilter)
export class CheckSessionController {
  constructor(
    private readonly responder: AuthorizationResponder,
    private readonly pages: PagePort,
  ) {}

  @Get(CHECK_SESSION_PATH)
  find(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const tenant = tenantOf(request);
    if (!offersCheckSession(tenant)) throw new OAuthError('invalid_request', 'there is nothing here', { status: 404 });
    this.responder.page(reply, this.pages.checkSession(tenant));
  }
}
