import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Tenant } from './tenant';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once, before routing, by the application's onRequest hook; nothing else may write it. */
    tenant?: Tenant;
  }
}

/** The tenant the request was addressed to. Throws where no tenant was resolved: such a request has no business here. */
export function tenantOf(request: FastifyRequest): Tenant {
  if (!request.tenant) throw new Error('The request reached a handler without a tenant.');
  return request.tenant;
}

export const CurrentTenant = createParamDecorator((_data: unknown, context: ExecutionContext): Tenant =>
  tenantOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
