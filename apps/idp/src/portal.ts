import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyInstance, FastifyReply } from 'fastify';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The folder that the portal's build fills. */
const FOLDER = join(dirname(require.resolve('@tokenidp/admin-web/package.json')), 'dist');

function sendPage(reply: FastifyReply): FastifyReply {
  reply.header('content-security-policy', POLICY).header('cross-origin-opener-policy', 'same-origin');
  return reply.sendFile('index.html', { cacheControl: false });
}

/** Serves the portal at `<issuer>/admin/`; its own routes all get the one page. */
export function servePortal(fastify: FastifyInstance): void {
  fastify.register(fastifyStatic, {
    root: FOLDER,
    prefix: '/admin/',
    index: false,
    wildcard: false,
    decorateReply: true,
    immutable: true,
    maxAge: '1y',
  });
  fastify.get('/admin', (request, reply) => reply.redirect(`${tenantOf(request).issuer}/admin/`, 303));
  for (const path of ['/admin/', '/admin/callback']) {
    fastify.get(path, (_request, reply) => sendPage(reply.header('cache-control', 'no-store')));
  }
}
