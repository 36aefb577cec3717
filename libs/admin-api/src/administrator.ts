import { ProblemError, type RequestContext } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';

/** Who acts, as the audit trail names them. */
export interface AdministrativeActor {
  readonly type: 'user' | 'client' | 'operator';
  readonly id: string;
  /** the actor's own tenant where it is not the one acted on */
  readonly tenantId?: string;
}

/** Whoever calls the administration API, with what they may do in the tenant that the request is for. */
export interface Administrator {
  /** the tenant acted on */
  readonly tenantId: string;
  readonly actor: AdministrativeActor;
  readonly permissions: ReadonlySet<string>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the administration API's guard; nothing else may write it. */
    administrator?: Administrator;
  }
}

export function administratorOf(request: FastifyRequest): Administrator {
  if (!request.administrator) throw new Error('The request reached a handler without an administrator.');
  return request.administrator;
}

/** What audit and limits need to know of a request. */
export function contextOf(request: FastifyRequest): RequestContext {
  return { requestId: request.id, ip: request.ip, userAgent: request.headers['user-agent'] };
}

/** Nobody gives away more than they hold (S-178). @throws ProblemError (forbidden) naming what is missing */
export function assertHolds({ permissions }: Administrator, wanted: Iterable<string>): void {
  const missing = [...new Set(wanted)].filter((permission) => !permissions.has(permission)).sort();
  if (missing.length === 0) return;
  throw new ProblemError('forbidden', `You cannot give away what you do not hold: ${missing.join(', ')}.`);
}
