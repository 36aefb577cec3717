import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { problemOf } from '@tokenidp/admin-api';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Everything that no filter of a surface has answered: RFC 9457, and never a word from inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(exception, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  send(exception: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(exception);
    if (problem.slug === 'internal-error') this.logger.error({ requestId: request.id }, exception);
    void reply
      .status(problem.status)
      .headers({ ...problem.headers, 'cache-control': 'no-store', 'content-type': 'application/problem+json' })
      .send(JSON.stringify(problem.toBody(request.id)));
  }
}
