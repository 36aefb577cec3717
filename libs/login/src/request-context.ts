import type { RequestContext } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';

/** What the audit trail and the failure counters need to know of a request. */
export function requestContext(request: FastifyRequest): RequestContext {
  return { requestId: request.id, ip: request.ip, userAgent: request.headers['user-agent'] };
}
