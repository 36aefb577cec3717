import { Injectable } from '@nestjs/common';
import { ClientOrigins } from '@tokenidp/clients';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type CorsHook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void;

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, dpop',
  'access-control-max-age': '600',
};
const EXPOSED = 'www-authenticate, dpop-nonce, retry-after, etag';

/**
 * @spec RFC 9700 §2.6, Fetch §3.2 — a browser may read the answer when its origin is one that a client of the tenant
 * has registered, compared as a whole string; never with credentials (S-005).
 */
@Injectable()
export class Cors {
  constructor(private readonly origins: ClientOrigins) {}

  readonly hook: CorsHook = (request, reply, done) => {
    const { origin } = request.headers;
    reply.header('vary', 'origin');
    if (origin === undefined) return done();
    this.origins.allowedOrigins(tenantOf(request).id).then(
      (origins) => {
        if (origins.has(origin)) allow(request, reply, origin);
        done();
      },
      (error: Error) => done(error),
    );
  };
}

function allow(request: FastifyRequest, reply: FastifyReply, origin: string): void {
  reply.header('access-control-allow-origin', origin);
  if (request.method === 'OPTIONS') reply.headers(PREFLIGHT);
  else reply.header('access-control-expose-headers', EXPOSED);
}
