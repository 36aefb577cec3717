import type { FastifyReply, FastifyRequest } from 'fastify';

/** A document that anybody may read and keep for a while. */
export interface CacheableDocument {
  /** JSON text */
  body: string;
  /** in quotes */
  etag: string;
}

const HEADERS = {
  'cache-control': 'public, max-age=300',
  'content-type': 'application/json;charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
};

/** @spec RFC 9110 §13.1.2 — the document, or 304 to whoever has it already. */
export function sendCacheable(request: FastifyRequest, reply: FastifyReply, { body, etag }: CacheableDocument): void {
  reply.headers(HEADERS).header('etag', etag);
  if (has(request.headers['if-none-match'], etag)) reply.code(304).removeHeader('content-type').send();
  else reply.send(body);
}

/** Weak comparison over a list, or `*`. */
function has(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch === etag || ifNoneMatch.split(',').some((each) => [etag, `W/${etag}`, '*'].includes(each.trim()));
}
