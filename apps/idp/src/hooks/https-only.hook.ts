/** @spec OAuth 2.1 §1.5 — what reached the proxy in clear is not processed: secrets in it are known to others already (S-001). */
import { ProblemError } from '@tokenidp/kernel';
import type { FastifyInstance } from 'fastify';

/** Add it after the tenant is known, so that the endpoint tells of the refusal in its own dialect. */
export function addHttpsOnly(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const said = request.headers['x-forwarded-proto'];
    // `protocol` is what a trusted proxy says; of anybody else it is the socket's, always http here.
    const inClear = said !== undefined && lastOf(said) === 'http' && request.protocol === 'http';
    done(inClear ? new ProblemError('forbidden', 'This place is served over https only.') : undefined);
  });
}

function lastOf(header: string | string[]): string {
  return String(header).split(',').at(-1)!.trim();
}
