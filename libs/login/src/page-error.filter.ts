import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { OAuthError, UnavailableError } from '@tokenidp/kernel';
import { AuthorizationResponder } from '@tokenidp/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What fails on a page is told by a page with a request ID; nothing from inside goes out (S-013). */
@Catch()
export class PageErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(PageErrorFilter.name);

  constructor(private readonly responder: AuthorizationResponder) {}

  catch(failure: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const error = toOAuthError(failure);
    if (error.status >= 500) {
      this.logger.error(`${request.id}: ${String(failure)}`, failure instanceof Error ? failure.stack : undefined);
    }
    this.responder.error(request, http.getResponse<FastifyReply>(), { error });
  }
}

function toOAuthError(failure: unknown): OAuthError {
  if (failure instanceof OAuthError) return failure;
  if (failure instanceof UnavailableError) {
    const headers = { 'retry-after': String(failure.retryAfterSeconds) };
    return new OAuthError('temporarily_unavailable', 'the service is not available', { headers, cause: failure });
  }
  const status = failure instanceof HttpException ? failure.getStatus() : 500;
  if (status < 500) return new OAuthError('invalid_request', 'the request is not understood', { status });
  return new OAuthError('server_error', 'something went wrong on our side', { cause: failure });
}
