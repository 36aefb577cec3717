/**
 * @spec RFC 9112 §3.2.1, RFC 9110 §15.5.15 — a request target is bounded, so that nothing behind it has to be (S-183),
 * and has no fragment, which the router would take for the end of the path and a proxy in front for a part of it.
 */
import { ProblemError, REQUEST_LIMITS } from '@tokenidp/kernel';
import type { FastifyInstance } from 'fastify';

/** Add it after the tenant is known: the endpoint tells of the refusal in its own dialect, a page with the tenant's name. */
export function addTargetRules(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => done(problemOf(request.originalUrl)));
}

/** `target` is as it came, in which each character is a byte. */
function problemOf(target: string): ProblemError | undefined {
  if (target.length > REQUEST_LIMITS.urlBytes) return new ProblemError('uri-too-long', 'The address is too long.');
  if (target.includes('#')) return new ProblemError('invalid-input', 'The address of a request has no fragment.');
  return undefined;
}
