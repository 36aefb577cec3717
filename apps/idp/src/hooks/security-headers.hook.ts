/** @spec RFC 6797 §7.2 — every answer, errors included, tells the browser to stay on https and to guess nothing. */
import type { FastifyInstance } from 'fastify';

const TWO_YEARS = 63_072_000;

/** Headers that every answer has (S-001, S-008); pages add their own policy. */
export function addSecurityHeaders(fastify: FastifyInstance, https: boolean): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    const { raw } = reply;
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'no-referrer');
    if (https) raw.setHeader('strict-transport-security', `max-age=${TWO_YEARS}; includeSubDomains`);
    done();
  });
}
