import { Injectable } from '@nestjs/common';
import {
  AuthorizationResponder,
  type ConsentDecision,
  type InteractionCall,
  type InteractionGone,
  Interactions,
  type Parameters,
  type RenderedPage,
} from '@tokenidp/oauth';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Csrf } from '../csrf';
import { SessionsService } from '../sessions/sessions.service';
import { InteractionPages } from './interaction-pages';
import { bindingOf, type OpenInteraction } from './open-interaction';

export interface Opened {
  tenant: Tenant;
  call: InteractionCall;
  /** null when there is nothing to go on with; the answer was sent */
  open: OpenInteraction | null;
}

/** What every page of a pending request begins with, and how it ends. */
@Injectable()
export class OpenInteractions {
  constructor(
    private readonly interactions: Interactions,
    private readonly sessions: SessionsService,
    private readonly pages: InteractionPages,
    private readonly responder: AuthorizationResponder,
    private readonly csrf: Csrf,
  ) {}

  async open(id: string, request: FastifyRequest, reply: FastifyReply): Promise<Opened> {
    const tenant = tenantOf(request);
    const session = await this.sessions.find(tenant, request);
    const call = { id, request, session };
    const view = await this.interactions.find(tenant, call);
    if (!isGone(view)) return { tenant, call, open: { tenant, request, session, view } };
    this.responder.page(reply, this.pages.gone({ tenant, request }, view, session));
    return { tenant, call, open: null };
  }

  /** What another tab has answered meanwhile is not answered twice: the page shows what is needed now. */
  isFor(
    step: 'login' | 'password' | 'consent' | 'register',
    { tenant, view }: OpenInteraction,
    reply: FastifyReply,
  ): boolean {
    const isNeeded = step === 'register' ? view.registration !== undefined : view.prompt === step;
    if (!isNeeded) this.responder.redirect(reply, pageUrl(tenant, view.id));
    return isNeeded;
  }

  /** `again` is the form's page, renewed. */
  isGenuine(open: OpenInteraction, form: Parameters, reply: FastifyReply, again: () => RenderedPage): boolean {
    if (this.csrf.isGenuine(open.request, bindingOf(open), form.get('csrf'))) return true;
    this.responder.page(reply, again());
    return false;
  }

  async resume(call: InteractionCall, reply: FastifyReply, decision?: ConsentDecision): Promise<void> {
    const outcome = await this.interactions.resume(tenantOf(call.request), call, decision);
    this.responder.send(call.request, reply, outcome);
  }
}

function isGone(found: object): found is InteractionGone {
  return 'gone' in found;
}

export function pageUrl({ basePath }: Tenant, id: string): string {
  return `${basePath}/interaction/${encodeURIComponent(id)}`;
}
