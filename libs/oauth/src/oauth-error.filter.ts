import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, Optional } from '@nestjs/common';
import { BearerError } from '@tokenidp/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Failure, sendError, toOAuthError } from './endpoints/protocol-reply';
import { FailedRequests } from './failed-requests/failed-requests.service';

/** @spec RFC 6749 §5.2, RFC 6750 §3 — errors of protocol endpoints; what is unknown tells nothing from inside. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(OAuthErrorFilter.name);

  constructor(@Optional() private readonly failed?: FailedRequests) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), error);
  }

  /** Also what Fastify calls when it refuses a request before any controller sees it. */
  answer(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
    const failure = sendError(request, reply, error);
    if (failure) this.report(request, failure);
    this.failed?.note(request, error instanceof BearerError ? error : toOAuthError(error));
  }

  private report(request: FastifyRequest, { level, message, cause }: Failure): void {
    const line = `${request.id}: ${message}`;
    if (level === 'error') this.logger.error(line, cause instanceof Error ? cause.stack : undefined);
    else this.logger.warn(line);
  }
}
