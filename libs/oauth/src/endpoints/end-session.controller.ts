import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationResponder } from '../authorize/authorization-responder';
import { PagePort } from '../authorize/interaction';
import {
  EndSessionService,
  LOGOUT_CONFIRM_PATH,
  LOGOUT_RESUME_PATH,
  type LogoutOutcome,
} from '../end-session/end-session.service';
import { PageErrorFilter } from './page-error.filter';
import { END_SESSION_PATH } from './paths';
import { formOf, queryOf } from './request-source';

/** @spec OIDC RP-Initiated Logout §2 — the end-session endpoint, by GET and by POST alike, and its confirmation. */
@Public()
@Controller()
@UseFilters(PageErrorFilter)
export class EndSessionController {
  constructor(
    private readonly endSession: EndSessionService,
    private readonly responder: AuthorizationResponder,
    private readonly pages: PagePort,
  ) {}

  @Get(END_SESSION_PATH)
  async byQuery(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.send(request, reply, await this.endSession.start(callOf(request, reply), queryOf(request)));
  }

  @Post(END_SESSION_PATH)
  async byForm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.send(request, reply, await this.endSession.start(callOf(request, reply), formOf(request)));
  }

  @Get(LOGOUT_RESUME_PATH)
  async resume(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.send(request, reply, await this.endSession.resume(callOf(request, reply), queryOf(request)));
  }

  @Post(LOGOUT_CONFIRM_PATH)
  async confirm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.send(request, reply, await this.endSession.confirm(callOf(request, reply), formOf(request)));
  }

  private send(request: FastifyRequest, reply: FastifyReply, outcome: LogoutOutcome): void {
    const tenant = tenantOf(request);
    switch (outcome.kind) {
      case 'redirect':
        return this.responder.redirect(reply, outcome.location);
      case 'confirm':
        return this.responder.page(reply, this.pages.logoutConfirm(tenant, request, outcome.page));
      case 'signed-out':
        return this.responder.page(reply, this.pages.signedOut(tenant, request, outcome.page));
    }
  }
}

function callOf(request: FastifyRequest, reply: FastifyReply) {
  return { tenant: tenantOf(request), request, reply };
}
