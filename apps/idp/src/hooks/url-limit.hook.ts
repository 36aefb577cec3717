/** @spec RFC 9110 §15.5.15 — a request target is bounded, so that nothing behind it has to be (S-183). */
import { ProblemError, REQUEST_LIMITS } from '@tokenidp/kernel';
import type { FastifyInstance } from 'fastify';

/** Add it after the tenant is known: the endpoint tells of the refusal in its own dialect, a page with the tenant's name. */
export function addUrlLimit(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    // As it came, in which each character is a byte.
    const isTooLong = request.originalUrl.length > REQUEST_LIMITS.urlBytes;
    done(isTooLong ? new ProblemError('uri-too-long', 'The address is too long.') : undefined);
  });
}
