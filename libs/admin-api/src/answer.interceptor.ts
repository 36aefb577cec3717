import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Readable } from 'node:stream';
import { entityTag } from './entity-tag';

/** What an answer of the administration API has beside its body: it is not kept, and an object has its tag. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    reply.header('cache-control', 'no-store');
    return next.handle().pipe(
      map((body: unknown) => {
        if (isOneObject(body)) reply.header('etag', entityTag(body));
        return body;
      }),
    );
  }
}

/** With an id of its own: pages, results and streams have none. */
function isOneObject(body: unknown): body is object {
  return typeof body === 'object' && body !== null && !(body instanceof Readable) && 'id' in body;
}
