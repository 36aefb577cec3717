import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationResponder } from '../authorize/authorization-responder';
import { toOAuthError } from './protocol-reply';

/** @spec RFC 6749 §4.1.2.1 — errors of endpoints that a person looks at: a page with a request ID, nothing from inside. */
@Catch()
export class PageErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(PageErrorFilter.name);

  constructor(private readonly responder: AuthorizationResponder) {}

  catch(failure: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), failure);
  }

  /** Also what Fastify calls when it refuses a request before any controller sees it. */
  answer(request: FastifyRequest, reply: FastifyReply, failure: unknown): void {
    const error = toOAuthError(failure);
    if (error.status >= 500) {
      this.logger.error(`${request.id}: ${String(failure)}`, failure instanceof Error ? failure.stack : undefined);
    }
    this.responder.error(request, reply, { error });
  }
}
