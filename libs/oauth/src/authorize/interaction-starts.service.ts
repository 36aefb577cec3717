/** @spec OIDC Core §3.1.2.3, §16.11 — a request that needs the user is kept, bound to the browser that sent it (S-044). */
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorizationRequest } from './authorization-request';
import type { AuthorizationOutcome } from './interaction';
import { bindBrowser } from './interaction-cookie';
import { InteractionsRepository } from './interactions.repository';

/** The request and the reply that carry an authorization request: cookies are read and set. */
export interface Exchange {
  tenant: Tenant;
  http: FastifyRequest;
  reply: FastifyReply;
}

@Injectable()
export class InteractionStarts {
  constructor(
    private readonly interactions: InteractionsRepository,
    private readonly clock: Clock,
  ) {}

  /** One insert; the browser goes on at the page that is named. */
  async begin({ tenant, http, reply }: Exchange, request: AuthorizationRequest): Promise<AuthorizationOutcome> {
    const createdAt = this.clock.now();
    const id = newId();
    await this.interactions.insert({
      tenantId: tenant.id,
      id,
      clientId: request.client.id,
      browserHash: bindBrowser(tenant, http, reply),
      parameters: request.parameters.toJSON(),
      pushedRequestId: request.pushedRequestId ?? null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + tenant.settings.lifetimes.interactionSeconds * 1000),
    });
    return { kind: 'interaction', url: interactionUrl(tenant, id) };
  }
}

export function interactionUrl(tenant: Tenant, id: string): string {
  return `${tenant.issuer}/interaction/${id}`;
}
