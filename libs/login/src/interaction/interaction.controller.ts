/** @spec OIDC Core §3.1.2.3, §3.1.2.4, RFC 9700 §4.12 — signs in, asks, and goes on to the client; 303 after each form (S-011). */
import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import {
  AuthorizationResponder,
  type ConsentDecision,
  Interactions,
  PageErrorFilter,
  type Parameters,
} from '@tokenidp/oauth';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readForm } from '../forms';
import { InteractionPages } from './interaction-pages';
import { OpenInteractions, pageUrl } from './open-interactions';
import { SignInService } from './sign-in.service';

@Public()
@Controller('interaction')
@UseFilters(PageErrorFilter)
export class InteractionController {
  constructor(
    private readonly opener: OpenInteractions,
    private readonly interactions: Interactions,
    private readonly signIn: SignInService,
    private readonly pages: InteractionPages,
    private readonly responder: AuthorizationResponder,
  ) {}

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { open, call } = await this.opener.open(id, request, reply);
    if (!open) return;
    // Another tab has done what was needed: this one goes on to its own app.
    if (open.view.prompt === 'none') return this.opener.resume(call, reply);
    this.responder.page(reply, this.pages.show(open));
  }

  /** The sign-in page where the first one is for those who have no account. */
  @Get(':id/sign-in')
  async showSignIn(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { open } = await this.opener.open(id, request, reply);
    if (open && this.opener.isFor('login', open, reply)) this.responder.page(reply, this.pages.signIn(open));
  }

  /** The address of a form that was reloaded or kept: back to the page it belongs to. */
  @Get(':id/:step')
  back(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.responder.redirect(reply, pageUrl(tenantOf(request), id));
  }

  @Post(':id/login')
  async login(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, open, call } = await this.opener.open(id, request, reply);
    if (!open || !this.opener.isFor('login', open, reply)) return;
    const username = form.get('username') ?? '';
    const renewed = () => this.pages.signIn(open, { kind: 'renewed', username });
    if (!this.opener.isGenuine(open, form, reply, renewed)) return;
    const browser = { tenant, request, reply };
    const result = await this.signIn.attempt(browser, form);
    if (result.outcome !== 'proved') {
      return this.responder.page(reply, this.pages.signIn(open, { kind: 'refused', username, result }));
    }
    const session = await this.signIn.begin(browser, result, open.session);
    await this.opener.resume({ ...call, session }, reply);
  }

  @Post(':id/consent')
  async consent(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { open, call } = await this.opener.open(id, request, reply);
    if (!open || !this.opener.isFor('consent', open, reply)) return;
    const renewed = () => this.pages.show(open, { kind: 'renewed' });
    if (this.opener.isGenuine(open, form, reply, renewed)) await this.opener.resume(call, reply, decisionOf(form));
  }

  @Post(':id/cancel')
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, open, call } = await this.opener.open(id, request, reply);
    const renewed = () => this.pages.show(open!, { kind: 'renewed' });
    if (!open || !this.opener.isGenuine(open, form, reply, renewed)) return;
    this.responder.send(request, reply, await this.interactions.cancel(tenant, call));
  }
}

/** Anything but a clear yes is a no. */
function decisionOf(form: Parameters): ConsentDecision {
  const shown = form.get('shown');
  return form.get('decision') === 'allow' && shown !== undefined ? { consent: 'allow', shown } : { consent: 'deny' };
}
