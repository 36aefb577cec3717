/** @spec OAuth 2.1 §7.5.3, RFC 9700 §4.12, RFC 6749 §4.1.2 — 303 always, never stored (S-006, S-011). */
import { Injectable, Optional } from '@nestjs/common';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FailedRequests } from '../failed-requests/failed-requests.service';
import { type AuthorizationOutcome, type ErrorPage, PagePort, type RenderedPage } from './interaction';

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** Turns outcomes into HTTP, for the endpoints here and for the pages that resume an interaction. */
@Injectable()
export class AuthorizationResponder {
  constructor(
    private readonly pages: PagePort,
    @Optional() private readonly failed?: FailedRequests,
  ) {}

  send(request: FastifyRequest, reply: FastifyReply, outcome: AuthorizationOutcome): void {
    const tenant = tenantOf(request);
    if (outcome.kind === 'interaction') return this.redirect(reply, outcome.url);
    if (outcome.kind === 'error-page') {
      const { error, client, continueTo } = outcome;
      return this.error(request, reply, { error, client, continueTo });
    }
    const { response, refused } = outcome;
    if (refused) this.failed?.note(request, refused.error, refused.client);
    if (response.mode === 'redirect') return this.redirect(reply, response.location);
    const { client, action, fields } = response;
    this.page(reply, this.pages.formPost(tenant, request, { client, action, fields }));
  }

  error(request: FastifyRequest, reply: FastifyReply, page: ErrorPage): void {
    this.failed?.note(request, page.error, page.client);
    if (page.error.headers) reply.headers(page.error.headers);
    this.page(reply, this.pages.error(request.tenant, request, page));
  }

  page(reply: FastifyReply, { status, headers, body }: RenderedPage): void {
    reply.headers(NO_STORE).headers(headers).code(status).send(body);
  }

  redirect(reply: FastifyReply, location: string): void {
    if (isOwn(reply, location)) reply.header('cross-origin-opener-policy', 'same-origin');
    reply.headers(NO_STORE).header('location', location).code(303).send();
  }
}

/**
 * A window that a page of ours has opened stays in touch with it only while every step of the way has the policy that
 * our pages have, redirects included. One that a client has opened is let go at the first page, not before.
 */
function isOwn({ request }: FastifyReply, location: string): boolean {
  const issuer = request.tenant?.issuer;
  return location.startsWith('/') || (issuer !== undefined && location.startsWith(`${issuer}/`));
}
