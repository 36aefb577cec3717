import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { PROBLEMS, ProblemError, type ProblemSlug, UnavailableError } from '@tokenidp/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

const SLUG_OF_STATUS = new Map(
  Object.entries(PROBLEMS).map(([slug, { status }]): [number, ProblemSlug] => [status, slug as ProblemSlug]),
);

/** Everything that no filter of a surface has answered: RFC 9457, and never a word from inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(exception, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  send(exception: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = toProblem(exception);
    if (problem.slug === 'internal-error') this.logger.error({ requestId: request.id }, exception);
    void reply
      .status(problem.status)
      .headers({ ...problem.headers, 'cache-control': 'no-store', 'content-type': 'application/problem+json' })
      .send(JSON.stringify(problem.toBody(request.id)));
  }
}

/** What an exception may say to the outside. */
function toProblem(exception: unknown): ProblemError {
  if (exception instanceof ProblemError) return exception;
  if (exception instanceof UnavailableError) {
    const headers = { 'retry-after': String(exception.retryAfterSeconds) };
    return new ProblemError('unavailable', 'Try again in a moment.', [], headers);
  }
  const status = statusOf(exception) ?? 500;
  const slug = SLUG_OF_STATUS.get(status) ?? (status < 500 ? 'invalid-input' : 'internal-error');
  return new ProblemError(slug, `${PROBLEMS[slug].title}.`);
}

/** Nest's exceptions and Fastify's own errors (too large, wrong type, malformed) know their status. */
function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  if (exception instanceof Error && 'statusCode' in exception && typeof exception.statusCode === 'number') {
    return exception.statusCode < 500 ? exception.statusCode : 500;
  }
  return undefined;
}
