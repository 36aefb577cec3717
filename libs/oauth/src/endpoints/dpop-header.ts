/** @spec RFC 9449 §4.1, §8 — the two header fields of DPoP. */
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What was sent as proof; several fields come as one, which is none then. */
export function dpopHeader({ headers }: FastifyRequest): string | undefined {
  return headers.dpop === undefined ? undefined : [headers.dpop].flat().join(',');
}

/** With the answer, whichever it will be. */
export function sendNonce(reply: FastifyReply, nonce: string | undefined): void {
  if (nonce !== undefined) reply.header('dpop-nonce', nonce);
}
