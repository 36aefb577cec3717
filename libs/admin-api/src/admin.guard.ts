import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ProblemError } from '@tokenidp/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Administrator } from './administrator';
import { permissionOf } from './operation';

/** Knows administrators by what they present. libs/oauth, which knows tokens, fills it. */
export abstract class AdminAccess {
  /** @throws ProblemError (unauthenticated, forbidden) */
  abstract authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Administrator>;
}

/**
 * @spec RFC 6750 §3.1, ASVS V8.2.1 — a good token of the administration API first (S-180), then the permission of the
 * operation: one without is closed to everybody (S-177).
 */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly access: AdminAccess) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    request.administrator = await this.access.authenticate(request, http.getResponse<FastifyReply>());
    const permission = permissionOf(context.getHandler());
    if (permission === undefined) throw new ProblemError('forbidden', 'This operation is open to nobody.');
    if (permission === null || request.administrator.permissions.has(permission)) return true;
    throw new ProblemError('forbidden', `The permission ${permission} is missing.`);
  }
}
