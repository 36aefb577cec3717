/** @spec OIDC Core §3.1.2.3, §3.1.2.4, RFC 9700 §4.12 — signs in, asks, and goes on to the client; 303 after each form (S-011). */
import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import {
  AuthorizationResponder,
  type ConsentDecision,
  type InteractionCall,
  type InteractionGone,
  Interactions,
  PageErrorFilter,
  type Parameters,
} from '@tokenidp/oauth';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Csrf } from '../csrf';
import { readForm } from '../forms';
import { SessionsService } from '../sessions/sessions.service';
import { InteractionPages, type OpenInteraction } from './interaction-pages';
import { SignInService } from './sign-in.service';

interface Opened {
  tenant: Tenant;
  call: InteractionCall;
  /** null when there is nothing to go on with; the answer was sent */
  open: OpenInteraction | null;
}

@Public()
@Controller('interaction')
@UseFilters(PageErrorFilter)
export class InteractionController {
  constructor(
    private readonly interactions: Interactions,
    private readonly sessions: SessionsService,
    private readonly signIn: SignInService,
    private readonly pages: InteractionPages,
    private readonly responder: AuthorizationResponder,
    private readonly csrf: Csrf,
  ) {}

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { open, call } = await this.open(id, request, reply);
    if (!open) return;
    // Another tab has done what was needed: this one goes on to its own app.
    if (open.view.prompt === 'none') return this.resume(call, reply);
    this.responder.page(reply, this.pages.show(open));
  }

  /** The address of a form that was reloaded or kept: back to the page it belongs to. */
  @Get(':id/:step')
  back(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.responder.redirect(reply, pageUrl(tenantOf(request), id));
  }

  @Post(':id/login')
  async login(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, open, call } = await this.open(id, request, reply);
    if (!open || !this.isFor('login', open, reply)) return;
    const username = form.get('username') ?? '';
    if (!this.isGenuine(open, form, reply)) return;
    const browser = { tenant, request, reply };
    const result = await this.signIn.attempt(browser, form);
    if (result.outcome !== 'proved') {
      return this.responder.page(reply, this.pages.show(open, { kind: 'refused', username, result }));
    }
    const session = await this.signIn.begin(browser, result, open.session);
    await this.resume({ ...call, session }, reply);
  }

  @Post(':id/consent')
  async consent(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { open, call } = await this.open(id, request, reply);
    if (!open || !this.isFor('consent', open, reply) || !this.isGenuine(open, form, reply)) return;
    await this.resume(call, reply, decisionOf(form));
  }

  @Post(':id/cancel')
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, open, call } = await this.open(id, request, reply);
    if (!open || !this.isGenuine(open, form, reply)) return;
    this.responder.send(request, reply, await this.interactions.cancel(tenant, call));
  }

  private async open(id: string, request: FastifyRequest, reply: FastifyReply): Promise<Opened> {
    const tenant = tenantOf(request);
    const session = await this.sessions.find(tenant, request);
    const call = { id, request, session };
    const view = await this.interactions.find(tenant, call);
    if (!isGone(view)) return { tenant, call, open: { tenant, request, session, view } };
    this.responder.page(reply, this.pages.gone({ tenant, request }, view, session));
    return { tenant, call, open: null };
  }

  /** What another tab has answered meanwhile is not answered twice: the page shows what is needed now. */
  private isFor(step: 'login' | 'consent', open: OpenInteraction, reply: FastifyReply): boolean {
    if (open.view.prompt === step) return true;
    this.responder.redirect(reply, pageUrl(open.tenant, open.view.id));
    return false;
  }

  private isGenuine(open: OpenInteraction, form: Parameters, reply: FastifyReply): boolean {
    if (this.csrf.isGenuine(open.request, this.pages.binding(open), form.get('csrf'))) return true;
    this.responder.page(reply, this.pages.show(open, { kind: 'renewed', username: form.get('username') }));
    return false;
  }

  private async resume(call: InteractionCall, reply: FastifyReply, decision?: ConsentDecision): Promise<void> {
    const outcome = await this.interactions.resume(tenantOf(call.request), call, decision);
    this.responder.send(call.request, reply, outcome);
  }
}

function isGone(found: object): found is InteractionGone {
  return 'gone' in found;
}

/** Anything but a clear yes is a no. */
function decisionOf(form: Parameters): ConsentDecision {
  const shown = form.get('shown');
  return form.get('decision') === 'allow' && shown !== undefined ? { consent: 'allow', shown } : { consent: 'deny' };
}

function pageUrl({ basePath }: Tenant, id: string): string {
  return `${basePath}/interaction/${encodeURIComponent(id)}`;
}
