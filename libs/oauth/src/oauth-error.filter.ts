import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Failure, sendError } from './endpoints/protocol-reply';

/** @spec RFC 6749 §5.2, RFC 6750 §3 — errors of protocol endpoints; what is unknown tells nothing from inside. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(OAuthErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), error);
  }

  /** Also what Fastify calls when it refuses a request before any controller sees it. */
  answer(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
    const failure = sendError(request, reply, error);
    if (failure) this.report(request, failure);
  }

  private report(request: FastifyRequest, { level, message, cause }: Failure): void {
    const line = `${request.id}: ${message}`;
    if (level === 'error') this.logger.error(line, cause instanceof Error ? cause.stack : undefined);
    else this.logger.warn(line);
  }
}
