/** @spec RFC 6797 §7.2 — every answer, errors included, tells the browser to stay on https and to guess nothing. */
import type { FastifyInstance } from 'fastify';

const TWO_YEARS = 63_072_000;

/** Headers that every answer has (S-001, S-008); pages add their own policy. */
export function securityHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(https ? { 'strict-transport-security': `max-age=${TWO_YEARS}; includeSubDomains` } : {}),
  };
}

export function addSecurityHeaders(fastify: FastifyInstance, https: boolean): void {
  const headers = securityHeaders(https);
  // By the reply, never by the raw response: with a header there, Node writes all others one by one.
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
